package io.github.batchferry.runner.tally;

import io.github.batchferry.wire.Accounts;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.TokenUsage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Adds up responses; sums are exact. Thread-safe: one thread counts, others look. */
public final class Tally {
    private static final int FAILURES_KEPT = 20;

    private final Supplier<Optional<LocalDate>> pricesDate;

    // Mutable state
    private Consumer<ResponseLine> watcher = response -> {};
    private final Map<ResponseStatus, Long> counts = new EnumMap<>(ResponseStatus.class);
    private final List<Failed> failures = new ArrayList<>();
    private TokenUsage usage = TokenUsage.NONE;
    private BigDecimal knownCost = BigDecimal.ZERO;
    private long costUnknown;
    private long usageUnknown;
    private long total;

    /** A tally of responses without prices. */
    public Tally() {
        this.pricesDate = Optional::empty;
    }

    /** @param pricesDate day of the prices by which responses are priced */
    public Tally(Supplier<LocalDate> pricesDate) {
        this.pricesDate = () -> Optional.of(pricesDate.get());
    }

    /**
     * A request without success.
     *
     * @param customId the request
     * @param error its error, code and message
     */
    public record Failed(String customId, String error) {}

    /** Lets somebody else see each response that is counted from now on, on the thread that counts it. */
    public synchronized void watchedBy(Consumer<ResponseLine> other) {
        watcher = other;
    }

    /** Counts a response. */
    public synchronized void add(ResponseLine response) {
        watcher.accept(response);
        total++;
        counts.merge(response.status(), 1L, Long::sum);
        addUsage(response);
        addCost(response);
        if (failures.size() < FAILURES_KEPT) {
            response.error()
                    .ifPresent(error -> failures.add(
                            new Failed(response.customId().value(), error.code() + ": " + error.message())));
        }
    }

    private void addUsage(ResponseLine response) {
        if (response.usage().isPresent()) {
            usage = usage.plus(response.usage().get());
        } else if (response.status() == ResponseStatus.SUCCEEDED) {
            usageUnknown++;
        }
    }

    /** What was never sent cost nothing. */
    private void addCost(ResponseLine response) {
        if (response.costUsd().isPresent()) {
            knownCost = knownCost.add(response.costUsd().get());
        } else if (response.attempts() > 0) {
            costUnknown++;
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

    /** Tokens of all responses that report them. */
    public synchronized TokenUsage usage() {
        return usage;
    }

    /** Price of all responses in US dollars; empty as soon as one that was asked for has none. */
    public synchronized Optional<BigDecimal> costUsd() {
        return costUnknown == 0 ? Optional.of(accounts().knownCostUsd()) : Optional.empty();
    }

    /** What is known of tokens and cost where not all is. */
    public synchronized Accounts accounts() {
        return new Accounts(knownCost, costUnknown, usageUnknown, pricesDate.get());
    }

    /** The first requests without success, at most twenty. */
    public synchronized List<Failed> failures() {
        return List.copyOf(failures);
    }
}
