package io.github.batchferry.runner.vendor;

import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.net.http.HttpRequest;
import java.util.Optional;

/** An adapter of a vendor that is asked over HTTP, by the batch runner's own transport. */
public non-sealed interface HttpVendorAdapter extends VendorAdapter {
    /**
     * Makes the HTTP request: address, authentication and the body, byte for byte. No timeout: the engine sets one that
     * covers the whole answer.
     *
     * @param credential who asks; empty where no authentication is configured
     */
    HttpRequest prepare(VendorConfig vendor, RequestLine request, Optional<Credential> credential);
}
