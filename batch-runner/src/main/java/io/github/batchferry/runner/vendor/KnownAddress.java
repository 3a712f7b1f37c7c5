package io.github.batchferry.runner.vendor;

import java.net.URI;

/**
 * Addresses below a vendor's base URL, of which the last one is kept: nearly all requests of a batch go to the same. Thread-safe.
 */
public final class KnownAddress {
    // Mutable state
    private volatile Known last = new Known(URI.create(""), "", URI.create(""));

    private record Known(URI base, String path, URI address) {}

    /**
     * As {@link EndpointAddress#of}.
     *
     * @throws IllegalArgumentException if the result would be on another server
     */
    public URI of(URI base, String path) {
        Known known = last;
        if (!known.path().equals(path) || !known.base().equals(base)) {
            known = new Known(base, path, EndpointAddress.of(base, path));
            last = known;
        }
        return known.address();
    }
}
