package io.github.batchferry.wire.vendors;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Upper bounds that the owner of the runner repository sets; the vendor's own limits are learned while it is asked.
 *
 * @param maxConcurrency requests under way at once, at least 1
 * @param requestsPerMinute requests begun in a minute
 * @param tokensPerMinute tokens, both ways together, in a minute
 */
public record VendorLimits(int maxConcurrency, OptionalInt requestsPerMinute, OptionalLong tokensPerMinute) {
    /** A bound on concurrency alone. */
    public static VendorLimits concurrency(int maxConcurrency) {
        return new VendorLimits(maxConcurrency, OptionalInt.empty(), OptionalLong.empty());
    }
}
