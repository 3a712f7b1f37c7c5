package io.github.batchferry.provider.embedded;

import io.github.batchferry.localgithub.LocalGitHub;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The port an embedded GitHub was served at the last time. Targets and journals name it, so it is taken again where it is
 * still free.
 *
 * @param state state directory of the embedded GitHub
 */
record RememberedPort(Path state) {
    private static final int ANY = 0;

    /** Starts at that port, else at any, and remembers it. */
    LocalGitHub start(LocalGitHub.Builder builder) throws IOException {
        LocalGitHub github = startNear(builder);
        Files.writeString(file(), Integer.toString(github.url().getPort()));
        return github;
    }

    private LocalGitHub startNear(LocalGitHub.Builder builder) throws IOException {
        try {
            return builder.port(last()).start();
        } catch (IOException e) {
            if (e.getCause() instanceof BindException) {
                return builder.port(ANY).start();
            }
            throw e;
        }
    }

    private int last() {
        try {
            int port = Integer.parseInt(Files.readString(file()).strip());
            return port > 0 && port <= 65535 ? port : ANY;
        } catch (IOException | NumberFormatException e) {
            return ANY;
        }
    }

    private Path file() {
        return state.resolve("port");
    }
}
