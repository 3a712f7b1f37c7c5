package io.github.batchferry.runner.vendor;

import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** An adapter that answers by itself: offline vendors, and those that can only be asked through a library of theirs. */
public non-sealed interface DirectVendorAdapter extends VendorAdapter {
    /**
     * Answers. Fails with an {@link java.io.IOException} where another attempt may succeed, with anything else where not.
     * Cancelling the future gives the call up.
     *
     * @param credential who asks; empty where no authentication is configured
     */
    CompletableFuture<VendorAnswer> answer(VendorConfig vendor, RequestLine request, Optional<Credential> credential);
}
