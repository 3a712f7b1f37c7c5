package io.github.batchferry.runner.tally;

import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.TokenUsage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds up responses. Thread-safe: one thread counts, others look. */
public final class Tally {
    private static final int FAILURES_KEPT = 20;

    // Mutable state
    private final Map<ResponseStatus, Long> counts = new EnumMap<>(ResponseStatus.class);
    private final List<Failed> failures = new ArrayList<>();
    private TokenUsage usage = TokenUsage.NONE;
    private Optional<BigDecimal> cost = Optional.of(BigDecimal.ZERO);
    private long total;

    /**
     * A request without success.
     *
     * @param customId the request
     * @param error its error, code and message
     */
    public record Failed(String customId, String error) {}

    /** Counts a response. */
    public synchronized void add(ResponseLine response) {
        total++;
        counts.merge(response.status(), 1L, Long::sum);
        usage = usage.plus(response.usage().orElse(TokenUsage.NONE));
        cost = cost.flatMap(sum -> response.costUsd().map(sum::add));
        if (failures.size() < FAILURES_KEPT) {
            response.error()
                    .ifPresent(error -> failures.add(
                            new Failed(response.customId().value(), error.code() + ": " + error.message())));
        }
    }

    /** Number of all responses. */
    public synchronized long total() {
        return total;
    }

    /** Number of responses that did not succeed. */
    public synchronized long failed() {
        return total - counts.getOrDefault(ResponseStatus.SUCCEEDED, 0L);
    }

    /** Number of responses per status; only those that occur. */
    public synchronized Map<ResponseStatus, Long> counts() {
        return Map.copyOf(counts);
    }

    /** Tokens of all responses. */
    public synchronized TokenUsage usage() {
        return usage;
    }

    /** Price of all responses in US dollars; empty as soon as one is not known. */
    public synchronized Optional<BigDecimal> costUsd() {
        return cost;
    }

    /** The first requests without success, at most twenty. */
    public synchronized List<Failed> failures() {
        return List.copyOf(failures);
    }
}
