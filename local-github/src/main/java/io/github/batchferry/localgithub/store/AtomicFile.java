package io.github.batchferry.localgithub.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Replaces files whole: a reader, or a process killed at any moment, sees the old content or the new. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Writes a file that others on this machine may read as the umask says. */
    public static void write(Path file, byte[] content) throws IOException {
        Path beside = beside(file);
        Files.write(beside, content);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Writes a file that nobody but its owner can ever read (0600). */
    public static void writeOwnerOnly(Path file, byte[] content) throws IOException {
        Path beside = beside(file);
        Files.deleteIfExists(beside);
        try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(
                beside,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))))) {
            out.write(content);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }
}
