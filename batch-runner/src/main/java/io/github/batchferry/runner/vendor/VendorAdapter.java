package io.github.batchferry.runner.vendor;

import io.github.batchferry.wire.EndpointPath;

/**
 * Knows how one kind of vendor is asked and how its answers are read. Found by {@link java.util.ServiceLoader}, shared by all
 * requests and threads, hence without state. Bodies are native both ways: an adapter translates nothing.
 */
public sealed interface VendorAdapter permits HttpVendorAdapter, DirectVendorAdapter {
    /** The word for {@code kind:} in {@code vendors.yaml}, such as {@code openai}. */
    String kind();

    /**
     * Says what an answer means. Must not fail on an answer it does not understand: whatever the vendor sent with a 2xx was
     * paid for and is a success.
     *
     * @param url endpoint that was asked
     */
    Reading read(EndpointPath url, VendorAnswer answer);
}
