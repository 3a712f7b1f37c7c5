package io.github.batchferry.provider.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Removes folders with all that is in them. Links are removed and not followed. */
final class Folders {
    private Folders() {}

    /** What is directly in a folder; nothing if it is gone. */
    static List<Path> inside(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Removes a file or folder; what others remove meanwhile is as good as removed. */
    static void remove(Path entry) throws IOException {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
            for (Path child : inside(entry)) {
                remove(child);
            }
        }
        Files.deleteIfExists(entry);
    }
}
