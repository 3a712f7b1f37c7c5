package io.github.batchferry.runner;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary folder that goes with the job. */
final class Scratch implements Closeable {
    private final Path folder;

    private Scratch(Path folder) {
        this.folder = folder;
    }

    static Scratch under(Path temporary) throws IOException {
        return new Scratch(Files.createTempDirectory(temporary, "batchferry-"));
    }

    /** A new folder in it. */
    Path folder(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    /** A file in it that does not exist yet. */
    Path file(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
