package io.github.batchferry.localgithub.execution;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The shell that runs steps.
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
        return Arrays.stream(searchPath.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "bash").toAbsolutePath())
                .filter(Files::isExecutable)
                .findFirst()
                .map(Bash::new)
                .orElseThrow(() -> new IOException("find no `bash` on the PATH: the embedded GitHub runs the steps of"
                        + " workflows with it; install bash"));
    }
}
