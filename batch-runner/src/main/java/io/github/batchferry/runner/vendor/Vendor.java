package io.github.batchferry.runner.vendor;

import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A configured vendor, ready to be asked. */
public interface Vendor {
    /** How its owner configured it. */
    VendorConfig config();

    /**
     * Asks once. The future fails with an {@link java.io.IOException} where another attempt may succeed, with anything else
     * where not; cancelling it gives the call up and frees the connection. No time limit.
     */
    CompletableFuture<VendorAnswer> ask(RequestLine request);

    /** Says what an answer to a request means. */
    Reading read(RequestLine request, VendorAnswer answer);

    /**
     * Says what an answer tells about the vendor's limits.
     *
     * @param now when the answer came
     */
    default LimitReport limits(VendorAnswer answer, Instant now) {
        return LimitReport.NONE;
    }
}
