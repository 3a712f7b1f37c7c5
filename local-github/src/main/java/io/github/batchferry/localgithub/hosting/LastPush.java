package io.github.batchferry.localgithub.hosting;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/** Reads from the files of git when the refs of a bare repository last changed; nothing has to be kept beside them. */
final class LastPush extends SimpleFileVisitor<Path> {
    // Mutable state
    private Instant latest = Instant.EPOCH;

    private LastPush() {}

    /** When a ref was last created, moved or removed; when the repository was created if there never was any. */
    static Instant of(Path gitDirectory) throws IOException {
        LastPush visitor = new LastPush();
        for (String place : new String[] {"refs", "packed-refs"}) {
            if (Files.exists(gitDirectory.resolve(place))) {
                Files.walkFileTree(gitDirectory.resolve(place), visitor);
            }
        }
        return visitor.latest;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        return see(attributes); // changes when a ref in it is removed
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        return see(attributes);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        if (e instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE; // removed while we looked
        }
        throw e;
    }

    private FileVisitResult see(BasicFileAttributes attributes) {
        Instant changed = attributes.lastModifiedTime().toInstant();
        latest = changed.isAfter(latest) ? changed : latest;
        return FileVisitResult.CONTINUE;
    }
}
