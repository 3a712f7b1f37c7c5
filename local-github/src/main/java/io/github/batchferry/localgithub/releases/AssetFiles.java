package io.github.batchferry.localgithub.releases;

import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The bytes of releases' files. Thread-safe. */
final class AssetFiles {
    /** Bytes that a file has at most. */
    static final long LARGEST = 2L << 30;

    private static final int CHUNK = 64 << 10;

    private final StateDirectory directory;

    AssetFiles(StateDirectory directory) {
        this.directory = directory;
    }

    /** Bytes that have arrived and belong to nothing yet; larger than allowed if one more arrived. */
    record Arrived(Path file, long size, String digest) {}

    /** Receives bytes, without holding them in memory. */
    Arrived receive(InputStream in) throws IOException {
        Path file = Files.createTempFile(directory.spool(), "asset", "");
        MessageDigest digest = sha256();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            byte[] chunk = new byte[CHUNK];
            long total = 0;
            int count;
            while (total <= LARGEST && (count = in.read(chunk)) >= 0) {
                out.write(chunk, 0, count);
                total += count;
            }
            return new Arrived(file, total, "sha256:" + HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            Files.delete(file);
            throw e;
        }
    }

    void discard(Arrived arrived) throws IOException {
        Files.deleteIfExists(arrived.file);
    }

    void keep(Arrived arrived, RepositoryName repository, long asset) throws IOException {
        Path file = file(repository, asset);
        Files.createDirectories(file.getParent());
        Files.move(arrived.file, file, StandardCopyOption.ATOMIC_MOVE);
    }

    void delete(RepositoryName repository, long asset) throws IOException {
        Files.deleteIfExists(file(repository, asset));
    }

    Path file(RepositoryName repository, long asset) {
        return directory.assets(repository).resolve(Long.toString(asset));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
