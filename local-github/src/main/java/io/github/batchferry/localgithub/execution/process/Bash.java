package io.github.batchferry.localgithub.execution.process;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The shell that starts steps, and runs those that name no other.
 *
 * @param executable its absolute path
 */
public record Bash(Path executable) {
    /**
     * Finds bash on a search path.
     *
     * @throws IOException if it is not there
     */
    public static Bash find(String searchPath) throws IOException {
        return Programs.find("bash", searchPath)
                .map(Bash::new)
                .orElseThrow(() -> new IOException("find no `bash` on the PATH: the embedded GitHub runs the steps of"
                        + " workflows with it; install bash"));
    }
}
