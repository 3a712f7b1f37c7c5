package io.github.batchferry.provider.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a batch has from a cache, in files of their own until they are moved into the journal. Closing it removes what was
 * not moved.
 *
 * @param keys the key of each request, in request order, one a line
 * @param cached response lines that need not be asked for; empty if there are none
 * @param rest what remains to be sent; empty if that is everything or nothing
 */
public record CacheUse(Path keys, Optional<Path> cached, Optional<SentRequests> rest) implements Closeable {
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(keys);
        if (cached.isPresent()) {
            Files.deleteIfExists(cached.get());
        }
        if (rest.isPresent()) {
            Files.deleteIfExists(rest.get().requests());
        }
    }
}
