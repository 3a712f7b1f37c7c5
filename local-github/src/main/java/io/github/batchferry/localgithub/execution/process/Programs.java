package io.github.batchferry.localgithub.execution.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Finds programs as a shell does. */
public final class Programs {
    private Programs() {}

    /**
     * The absolute path of a program.
     *
     * @param name a name to search for, or a path, which is taken as it is
     * @param searchPath folders with the system's separator between them
     */
    public static Optional<Path> find(String name, String searchPath) {
        if (name.indexOf('/') >= 0) {
            return Optional.of(Path.of(name)).filter(Programs::isProgram);
        }
        return Arrays.stream(searchPath.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name).toAbsolutePath())
                .filter(Programs::isProgram)
                .findFirst();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
