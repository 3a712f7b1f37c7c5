package io.github.batchferry.runner.vendor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the headers of an answer say about the vendor's limits.
 *
 * @param meters at most one for each kind; empty where the vendor says nothing
 */
public record LimitReport(List<Meter> meters) {
    /** Nothing was said. */
    public static final LimitReport NONE = new LimitReport(List.of());

    /** What is counted. */
    public enum Kind {
        /** Calls. */
        REQUESTS,
        /** Tokens, both ways together. */
        TOKENS,
        /** Tokens sent. */
        INPUT_TOKENS,
        /** Tokens produced. */
        OUTPUT_TOKENS
    }

    /**
     * One of the vendor's meters.
     *
     * @param limit most units in a minute, unless {@code window} says otherwise
     * @param remaining units left when the vendor answered
     * @param reset time from the answer until the meter is full again
     * @param window time in which {@code limit} units may be used
     */
    public record Meter(
            Kind kind, OptionalLong limit, OptionalLong remaining, Optional<Duration> reset, Duration window) {}

    public LimitReport {
        meters = List.copyOf(meters);
    }

    /** The meter of a kind. */
    public Optional<Meter> meter(Kind kind) {
        return meters.stream().filter(m -> m.kind() == kind).findFirst();
    }
}
