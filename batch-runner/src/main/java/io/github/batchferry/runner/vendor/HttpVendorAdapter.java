package io.github.batchferry.runner.vendor;

import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.vendors.VendorConfig;
import io.github.batchferry.wire.vendors.VendorSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.Set;

/** An adapter of a vendor that is asked over HTTP, by the batch runner's own transport. */
public non-sealed interface HttpVendorAdapter extends VendorAdapter {
    /** Root of the vendor's API: the one configured, else the vendor's own; empty if there is neither. */
    Optional<URI> base(VendorConfig vendor);

    /**
     * The address that a request is sent to, on the server of {@link #base}.
     *
     * @throws IllegalArgumentException if there is none, with the reason in words
     */
    URI address(VendorConfig vendor, RequestLine request);

    /** HTTP vendors can be sent further headers. */
    @Override
    default Set<String> settings() {
        return Set.of(VendorSettings.HEADERS);
    }

    /**
     * Makes the HTTP request: address, authentication and the body, byte for byte. No timeout: the engine sets one that
     * covers the whole answer.
     *
     * @param credential who asks; empty where no authentication is configured
     */
    HttpRequest prepare(VendorConfig vendor, RequestLine request, Optional<Credential> credential);
}
