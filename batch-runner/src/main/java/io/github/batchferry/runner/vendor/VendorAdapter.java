package io.github.batchferry.runner.vendor;

import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.vendors.VendorConfig;
import io.github.batchferry.wire.vendors.VendorSettings;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Knows how one kind of vendor is asked and how its answers are read. Found by {@link java.util.ServiceLoader}, shared by all
 * requests and threads, hence without state. Bodies are native both ways: an adapter translates nothing.
 */
public sealed interface VendorAdapter permits HttpVendorAdapter, DirectVendorAdapter {
    /** The word for {@code kind:} in {@code vendors.yaml}, such as {@code openai}. */
    String kind();

    /** Settings of {@code vendors.yaml} that this kind knows, of those in {@link VendorSettings}. */
    default Set<String> settings() {
        return Set.of();
    }

    /** What is wrong with how a vendor of this kind is configured, besides unknown settings; empty if nothing is. */
    default Optional<String> problem(VendorConfig vendor) {
        return Optional.empty();
    }

    /**
     * Says what an answer means. Must not fail on an answer it does not understand: whatever the vendor sent with a 2xx was
     * paid for and is a success.
     *
     * @param url endpoint that was asked
     */
    Reading read(EndpointPath url, VendorAnswer answer);

    /**
     * Says what an answer, of whatever status, tells about the vendor's limits. Headers that make no sense count as absent.
     *
     * @param now when the answer came, for limits that are reset at a point in time
     */
    default LimitReport limits(VendorAnswer answer, Instant now) {
        return LimitReport.NONE;
    }
}
