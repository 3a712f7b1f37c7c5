package io.github.batchferry.provider.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file of the user, written beside and renamed, so that nobody ever sees half of it. What is not a plain file, such as a
 * pipe, is written to directly.
 *
 * @param name as the user wrote it
 * @param path the same, absolute
 */
public record ResponsesFile(String name, Path path) implements ResponsesPlace {
    @Override
    public Optional<String> hindrance() {
        if (Files.isDirectory(path)) {
            return Optional.of("is a directory");
        }
        if (Files.exists(path) && !Files.isWritable(path)) {
            return Optional.of("permission denied");
        }
        return isSpecial() ? Optional.empty() : hindranceBeside();
    }

    @Override
    public Optional<String> take(Path responses) throws IOException {
        if (isSpecial()) {
            try (OutputStream out = Files.newOutputStream(path)) {
                Files.copy(responses, out);
            }
        } else {
            replace(responses);
        }
        return Optional.of(name);
    }

    private void replace(Path responses) throws IOException {
        Path written = beside();
        try {
            try (OutputStream out =
                    Files.newOutputStream(written, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
                keepPermissions(written);
                Files.copy(responses, out);
            }
            Files.move(written, destination(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** A file that was only for some eyes is not opened to others by being replaced. */
    private void keepPermissions(Path written) throws IOException {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix && Files.exists(path)) {
            Files.setPosixFilePermissions(written, Files.getPosixFilePermissions(path));
        }
    }

    /** The only sure way to learn whether a file can be made is to make it. */
    private Optional<String> hindranceBeside() {
        try {
            Path probe = beside();
            Files.newOutputStream(probe, StandardOpenOption.CREATE).close();
            Files.delete(probe);
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.of("its directory does not exist");
        } catch (AccessDeniedException e) {
            return Optional.of("permission denied");
        } catch (IOException e) {
            return Optional.of("its directory cannot be written to");
        }
    }

    private boolean isSpecial() {
        return Files.exists(path) && !Files.isRegularFile(path);
    }

    private Path beside() throws IOException {
        String hidden = "." + path.getFileName() + "." + ProcessHandle.current().pid() + ".part";
        return destination().resolveSibling(hidden);
    }

    /** Follows a link, so that the file it leads to is replaced and not the link. */
    private Path destination() throws IOException {
        return Files.exists(path) ? path.toRealPath() : path;
    }
}
