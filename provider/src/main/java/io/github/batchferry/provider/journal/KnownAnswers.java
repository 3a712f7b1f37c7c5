package io.github.batchferry.provider.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a batch has already, from the cache or from the batch that it retries, in files of their own until they are moved into
 * the journal. Closing it removes what was not moved.
 *
 * @param keys the cache's key of each request, in request order, one a line; empty if the batch does not use the cache
 * @param cached response lines that need not be asked for; empty if there are none
 * @param rest what remains to be sent; empty if that is everything or nothing
 */
public record KnownAnswers(Optional<Path> keys, Optional<Path> cached, Optional<SentRequests> rest)
        implements Closeable {
    @Override
    public void close() throws IOException {
        if (keys.isPresent()) {
            Files.deleteIfExists(keys.get());
        }
        if (cached.isPresent()) {
            Files.deleteIfExists(cached.get());
        }
        if (rest.isPresent()) {
            Files.deleteIfExists(rest.get().requests());
        }
    }
}
