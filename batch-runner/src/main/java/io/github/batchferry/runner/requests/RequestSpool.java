package io.github.batchferry.runner.requests;

import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problems;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * Writes requests to a file and compares them with the manifest. Takes no more bytes than the manifest announces, so that a
 * few kilobytes of gzip cannot fill the disk.
 */
final class RequestSpool {
    private final String source;
    private final BatchManifest manifest;
    private final MessageDigest digest = Sha256.newDigest();

    // Mutable state
    private long bytes;
    private long lineFeeds;
    private boolean tooMany;

    /** @param source what messages call the place the requests come from */
    RequestSpool(String source, BatchManifest manifest) {
        this.source = source;
        this.manifest = manifest;
    }

    /** Appends a stream to the file, which is made if need be. */
    void add(InputStream requests, Path file) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        try (OutputStream out = new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
            for (int read = requests.read(buffer); read >= 0 && !tooMany; read = requests.read(buffer)) {
                take(buffer, read, out);
            }
        }
    }

    /** @throws InvalidInputException with every difference from the manifest */
    void verify() throws InvalidInputException {
        Problems problems = new Problems();
        if (tooMany) {
            problems.add(source, 0, "", "expected " + manifest.requestsBytes() + " bytes of requests, found more");
        } else {
            compare("bytes of requests", manifest.requestsBytes(), bytes, problems);
            compare("requests", manifest.requestCount(), lineFeeds, problems);
            compare("sha-256", manifest.requestsSha256(), Sha256.finish(digest), problems);
        }
        problems.throwIfAny();
    }

    private void take(byte[] buffer, int length, OutputStream out) throws IOException {
        if (bytes + length > manifest.requestsBytes()) {
            tooMany = true;
            return;
        }
        out.write(buffer, 0, length);
        digest.update(buffer, 0, length);
        bytes += length;
        for (int i = 0; i < length; i++) {
            lineFeeds += buffer[i] == '\n' ? 1 : 0;
        }
    }

    private void compare(String what, Object expected, Object actual, Problems problems) {
        if (!expected.equals(actual)) {
            problems.add(
                    source,
                    0,
                    "",
                    "expected " + what + ": " + expected + ", found: " + actual
                            + " (the manifest and the requests differ)");
        }
    }
}
