package io.github.batchferry.localgithub.execution.glob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The function {@code hashFiles} of expressions. */
public final class HashFiles {
    private HashFiles() {}

    /**
     * One hash, in hexadecimal, for the content of all files that match; the empty text if none does.
     *
     * @param workspace for relative patterns; files outside of it do not count
     * @param followLinks whether links to folders are searched
     * @throws IllegalArgumentException if a pattern is not what GitHub takes
     */
    public static String of(List<String> patterns, Path workspace, Path home, boolean followLinks) throws IOException {
        MessageDigest all = sha256();
        boolean found = false;
        Glob glob = Glob.of(String.join("\n", patterns), workspace, home, followLinks, true);
        for (Path file : glob.files(() -> {})) {
            if (file.startsWith(workspace) && Files.isRegularFile(file)) {
                all.update(hash(file));
                found = true;
            }
        }
        return found ? HexFormat.of().formatHex(all.digest()) : "";
    }

    private static byte[] hash(Path file) throws IOException {
        MessageDigest one = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), one)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return one.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
