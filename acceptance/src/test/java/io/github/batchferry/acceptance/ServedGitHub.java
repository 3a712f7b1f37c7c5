package io.github.batchferry.acceptance;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A {@code ferry local-github serve} in a folder; its state is where ferry has it there without being told. */
final class ServedGitHub implements Closeable {
    private final FerryProcess process;
    private final Served served;

    private ServedGitHub(FerryProcess process, Served served) {
        this.process = process;
        this.served = served;
    }

    /** Starts it and waits until it serves. */
    static ServedGitHub start(Path home) throws IOException {
        FerryProcess process = FerryProcess.start(home, Map.of(), "", "local-github", "serve");
        try {
            return new ServedGitHub(process, Served.awaitIn(process, home));
        } catch (IOException | RuntimeException | Error e) {
            process.kill();
            throw e;
        }
    }

    /** The API as its user sees it. */
    Api api() {
        return new Api(served.url(), served.token());
    }

    /** {@code kill -9} of it alone. */
    void kill() {
        process.kill();
    }

    /** Stops it as Ctrl-C does, and waits until it is gone. */
    @Override
    public void close() {
        process.terminate();
        process.result();
    }
}
