package io.github.batchferry.runner.gate;

import io.github.batchferry.wire.vendors.VendorLimits;

/** A vendor and a batch for {@link Simulation}. Rates are per second, times in seconds. */
record Scenario(
        int count,
        VendorLimits limits,
        double latency,
        double spread,
        double requestsPerSecond,
        double tokensPerSecond,
        double bucketSeconds,
        int concurrencyCap,
        boolean headers,
        boolean resets,
        double remainingScale,
        boolean retryAfter,
        double halvedAfter,
        boolean announcesHalving,
        double faults) {
    static final double UNLIMITED = 1e12;
    static final int INPUT_TOKENS = 25;
    static final int MOST_TOKENS = 1000;

    /** No limits at all; answers after two seconds, more or less. */
    static Scenario of(int count, int maxConcurrency) {
        return new Scenario(
                count,
                VendorLimits.concurrency(maxConcurrency),
                2,
                0.5,
                UNLIMITED,
                UNLIMITED,
                60,
                Integer.MAX_VALUE,
                false,
                true,
                1,
                true,
                UNLIMITED,
                false,
                0);
    }

    Scenario latency(double median, double sigma) {
        return new Scenario(
                count,
                limits,
                median,
                sigma,
                requestsPerSecond,
                tokensPerSecond,
                bucketSeconds,
                concurrencyCap,
                headers,
                resets,
                remainingScale,
                retryAfter,
                halvedAfter,
                announcesHalving,
                faults);
    }

    Scenario rate(double requests, double seconds) {
        return new Scenario(
                count,
                limits,
                latency,
                spread,
                requests,
                tokensPerSecond,
                seconds,
                concurrencyCap,
                true,
                resets,
                remainingScale,
                retryAfter,
                halvedAfter,
                announcesHalving,
                faults);
    }

    Scenario tokenRate(double tokens) {
        return new Scenario(
                count,
                limits,
                latency,
                spread,
                requestsPerSecond,
                tokens,
                bucketSeconds,
                concurrencyCap,
                headers,
                resets,
                remainingScale,
                retryAfter,
                halvedAfter,
                announcesHalving,
                faults);
    }

    Scenario withoutHeaders() {
        return new Scenario(
                count,
                limits,
                latency,
                spread,
                requestsPerSecond,
                tokensPerSecond,
                bucketSeconds,
                concurrencyCap,
                false,
                resets,
                remainingScale,
                retryAfter,
                halvedAfter,
                announcesHalving,
                faults);
    }

    Scenario withoutResets() {
        return new Scenario(
                count,
                limits,
                latency,
                spread,
                requestsPerSecond,
                tokensPerSecond,
                bucketSeconds,
                concurrencyCap,
                headers,
                false,
                remainingScale,
                retryAfter,
                halvedAfter,
                announcesHalving,
                faults);
    }

    /** Reports what is left as if the bucket held a minute's worth. */
    Scenario remainingOfAMinute() {
        return new Scenario(
                count,
                limits,
                latency,
                spread,
                requestsPerSecond,
                tokensPerSecond,
                bucketSeconds,
                concurrencyCap,
                headers,
                resets,
                60 / bucketSeconds,
                retryAfter,
                halvedAfter,
                announcesHalving,
                faults);
    }

    Scenario withoutRetryAfter() {
        return new Scenario(
                count,
                limits,
                latency,
                spread,
                requestsPerSecond,
                tokensPerSecond,
                bucketSeconds,
                concurrencyCap,
                headers,
                resets,
                remainingScale,
                false,
                halvedAfter,
                announcesHalving,
                faults);
    }

    Scenario halvedAfter(double seconds, boolean announced) {
        return new Scenario(
                count,
                limits,
                latency,
                spread,
                requestsPerSecond,
                tokensPerSecond,
                bucketSeconds,
                concurrencyCap,
                headers,
                resets,
                remainingScale,
                retryAfter,
                seconds,
                announced,
                faults);
    }

    Scenario concurrencyCap(int cap) {
        return new Scenario(
                count,
                limits,
                latency,
                spread,
                requestsPerSecond,
                tokensPerSecond,
                bucketSeconds,
                cap,
                headers,
                resets,
                remainingScale,
                retryAfter,
                halvedAfter,
                announcesHalving,
                faults);
    }

    Scenario limits(VendorLimits other) {
        return new Scenario(
                count,
                other,
                latency,
                spread,
                requestsPerSecond,
                tokensPerSecond,
                bucketSeconds,
                concurrencyCap,
                headers,
                resets,
                remainingScale,
                retryAfter,
                halvedAfter,
                announcesHalving,
                faults);
    }

    /**
     * So many of all calls are answered by a 429, as many by a 529, as many by a 503, and twice as many by nothing for five
     * seconds; all at random and without a hint.
     */
    Scenario faults(double share) {
        return new Scenario(
                count,
                limits,
                latency,
                spread,
                requestsPerSecond,
                tokensPerSecond,
                bucketSeconds,
                concurrencyCap,
                headers,
                resets,
                remainingScale,
                retryAfter,
                halvedAfter,
                announcesHalving,
                share);
    }

    /** For how long the calls of one request are under way, all in all. */
    double secondsPerResponse() {
        double good = 1 - SimulatedVendor.FAULTS * faults;
        double stalled = 2 * faults * SimulatedVendor.STALL.toMillis() / 1e3;
        return meanLatency() + stalled / good;
    }

    private double meanLatency() {
        return 2 * SimulatedVendor.ONE_WAY.toMillis() / 1e3 + latency * Math.exp(spread * spread / 2);
    }
}
