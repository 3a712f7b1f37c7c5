package io.github.batchferry.runner.gate;

import io.github.batchferry.wire.vendors.VendorLimits;
import java.time.Duration;

/**
 * What a gate is told before it learns.
 *
 * @param name what changes call it, as {@code vendor/model}
 * @param limits bounds its owner set
 * @param shares jobs that share the vendor's limits, at least 1; this one uses its part of every limit, set or learned
 * @param requests requests that are to pass, which decides how boldly it starts
 * @param patience how long a vendor may reject everything, and the longest pause it may ask for, before it is given up
 */
public record GateSettings(String name, VendorLimits limits, int shares, long requests, Duration patience) {
    /** This job's part of the calls under way at once, at least 1. */
    public int maxConcurrency() {
        return Math.max(1, limits.maxConcurrency() / shares);
    }
}
