package io.github.batchferry.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A file to put on a branch.
 *
 * @param path path in the repository, segments divided by slashes
 * @param size length in bytes
 * @param content opens the content; may be called more than once
 */
public record BranchFile(String path, long size, Content content) {
    /** Opens the bytes of a file from their start. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }

    /** @throws IllegalArgumentException if the path is absolute, climbs or names git's own folder */
    public BranchFile {
        for (String segment : path.split("/", -1)) {
            if (segment.isEmpty()
                    || segment.equals(".")
                    || segment.equals("..")
                    || segment.equalsIgnoreCase(".git")
                    || segment.indexOf('\\') >= 0
                    || segment.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("invalid path in a branch: `" + path + "`");
            }
        }
    }

    /** A file from memory. */
    public static BranchFile of(String path, byte[] content) {
        return new BranchFile(path, content.length, () -> new ByteArrayInputStream(content));
    }

    /** A file from disk, streamed when it is committed. */
    public static BranchFile of(String path, Path file) throws IOException {
        return new BranchFile(path, Files.size(file), () -> Files.newInputStream(file));
    }

    /**
     * Checks that files can stand in one commit together.
     *
     * @throws IllegalArgumentException if there is none, if a path comes twice, or if one is a folder of another
     */
    public static void requireDistinct(List<BranchFile> files) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a commit needs at least one file");
        }
        Set<String> paths = new HashSet<>();
        for (BranchFile file : files) {
            if (!paths.add(file.path())) {
                throw new IllegalArgumentException("file `" + file.path() + "` comes twice in a commit");
            }
        }
        for (BranchFile file : files) {
            file.folders().filter(paths::contains).findFirst().ifPresent(both -> {
                throw new IllegalArgumentException("`" + both + "` is both a file and a folder in a commit");
            });
        }
    }

    /** The folders the file is in, outermost first. */
    public Stream<String> folders() {
        return IntStream.range(0, path.length())
                .filter(at -> path.charAt(at) == '/')
                .mapToObj(slash -> path.substring(0, slash));
    }
}
