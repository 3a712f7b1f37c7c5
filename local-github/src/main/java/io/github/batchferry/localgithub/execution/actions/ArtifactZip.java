package io.github.batchferry.localgithub.execution.actions;

import io.github.batchferry.localgithub.artifacts.ArtifactName;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The zip of an artifact: files only, links followed, no permissions.
 *
 * @param files path in the zip to file
 */
record ArtifactZip(Map<String, Path> files) {
    private static final int CHUNK = 64 * 1024;

    /**
     * Gives files their paths.
     *
     * @param root that the paths are relative to
     * @throws ActionFailedException if a path has a character that some file systems cannot hold
     */
    static ArtifactZip of(Path root, List<Path> files) throws ActionFailedException {
        Map<String, Path> paths = new LinkedHashMap<>();
        for (Path file : files) {
            String path = root.relativize(file).toString();
            try {
                ArtifactName.checkPath(path);
            } catch (IllegalArgumentException e) {
                throw new ActionFailedException(e.getMessage());
            }
            paths.put(path, file);
        }
        return new ArtifactZip(paths);
    }

    /**
     * Writes it.
     *
     * @param level of compression, from 0 for none to 9
     * @param eachChunk called every now and then; what it throws ends the writing
     */
    void write(Path zip, int level, Runnable eachChunk) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(zip)))) {
            out.setLevel(level);
            for (Map.Entry<String, Path> each : files.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                entry.setLastModifiedTime(Files.getLastModifiedTime(each.getValue()));
                out.putNextEntry(entry);
                try (InputStream in = Files.newInputStream(each.getValue())) {
                    copy(in, out, eachChunk);
                }
                out.closeEntry();
            }
        }
    }

    /**
     * Unpacks a zip; files that are there are replaced.
     *
     * @param eachChunk called every now and then; what it throws ends the unpacking
     * @throws ActionFailedException if an entry would lie outside of the folder
     */
    static void unpack(InputStream zip, Path folder, Runnable eachChunk) throws IOException, ActionFailedException {
        Path root = folder.toAbsolutePath().normalize();
        Files.createDirectories(root);
        try (ZipInputStream in = new ZipInputStream(zip)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path target = root.resolve(entry.getName()).normalize();
                if (!target.startsWith(root) || entry.getName().startsWith("/")) {
                    throw new ActionFailedException(
                            "Unable to download artifact(s): the entry `" + entry.getName() + "` lies outside of it");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    write(in, target, eachChunk);
                }
            }
        }
    }

    private static void write(InputStream in, Path target, Runnable eachChunk) throws IOException {
        Files.createDirectories(target.getParent());
        // made as any file of the user: a temporary file would be for its owner only
        Path beside = target.resolveSibling(".download-" + UUID.randomUUID());
        try (OutputStream out = Files.newOutputStream(beside)) {
            copy(in, out, eachChunk);
        }
        Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copy(InputStream in, OutputStream out, Runnable eachChunk) throws IOException {
        byte[] chunk = new byte[CHUNK];
        int count;
        while ((count = in.read(chunk)) >= 0) {
            eachChunk.run();
            out.write(chunk, 0, count);
        }
    }
}
