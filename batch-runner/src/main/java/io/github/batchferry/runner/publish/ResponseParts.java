package io.github.batchferry.runner.publish;

import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.Shard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The files in which responses are kept, one open at a time. Each line is handed to the operating system before the next one
 * is taken: killing this process loses nothing. A part is brought to the disk itself when it is closed, so that a crash of
 * the machine loses at most the open part, which was not pushed yet either. Not thread-safe.
 */
public final class ResponseParts {
    private final Path folder;
    private final Shard shard;
    private final long maxBytes;
    private final Consumer<ClosedPart> closed;

    // Mutable state
    private int next;
    private Optional<OpenPart> open = Optional.empty();

    /**
     * @param folder where the files lie
     * @param shard whose responses they hold
     * @param firstPart number of the first part made here
     * @param maxBytes size above which a part is closed
     * @param closed takes every part that will not change any more
     */
    public ResponseParts(Path folder, Shard shard, int firstPart, long maxBytes, Consumer<ClosedPart> closed) {
        this.folder = folder;
        this.shard = shard;
        this.next = firstPart;
        this.maxBytes = maxBytes;
        this.closed = closed;
    }

    /** Keeps one response line. */
    public void append(byte[] line) throws IOException {
        if (open.isPresent() && open.get().bytes() + line.length + 1 > maxBytes) {
            close();
        }
        if (open.isEmpty()) {
            open = Optional.of(new OpenPart(folder.resolve(BatchFiles.responsesPart(shard.number(), next++))));
        }
        open.get().append(line);
    }

    /** Whether there are responses that are in no closed part. */
    public boolean hasOpen() {
        return open.isPresent();
    }

    /** Number of responses that are in no closed part. */
    public long openLines() {
        return open.map(OpenPart::lines).orElse(0L);
    }

    /** Closes the open part, if there is one. */
    public void close() throws IOException {
        if (open.isPresent()) {
            ClosedPart part = open.get().close();
            open = Optional.empty();
            closed.accept(part);
        }
    }
}
