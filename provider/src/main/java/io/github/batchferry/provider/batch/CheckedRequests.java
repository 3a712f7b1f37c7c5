package io.github.batchferry.provider.batch;

import io.github.batchferry.wire.Sha256;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Requests that were found to be sound, in a file of their own until they are moved into the journal. Closing it removes
 * what was not moved.
 *
 * @param file request lines, each ended by LF
 * @param count number of requests
 * @param bytes size of the file
 * @param bodyBytes bytes of the bodies among them
 * @param sha256 digest of the file
 * @param keys file with the cache's key of each request, one a line; empty if the cache is not used
 */
record CheckedRequests(Path file, long count, long bytes, long bodyBytes, Sha256 sha256, Optional<Path> keys)
        implements Closeable {
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        if (keys.isPresent()) {
            Files.deleteIfExists(keys.get());
        }
    }
}
