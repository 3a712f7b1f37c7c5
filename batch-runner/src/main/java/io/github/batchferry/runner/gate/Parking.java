package io.github.batchferry.runner.gate;

import java.util.OptionalDouble;

/**
 * One pause for all calls of a gate, and the patience with a vendor that rejects everything. Without a hint the pause is a
 * part of the usual answering time; as long as nothing gets through it doubles from half a second to half a minute, once per
 * episode: calls that began before the pause do not lengthen it.
 */
final class Parking {
    /** Keeps a {@code Retry-After: 0} from becoming a busy loop. */
    private static final double SHORTEST_PAUSE = 0.1;

    private static final double FIRST_UNHINTED_PAUSE = 0.5;
    private static final double LONGEST_UNHINTED_PAUSE = 30;
    private static final double LONGEST_SHORT_PAUSE = 0.3;
    private static final double PART_OF_LATENCY = 0.15;

    private final double patience;
    private final ChangeLog log;

    // Mutable state
    private double parkedAt = Double.NEGATIVE_INFINITY;
    private double parkedUntil = Double.NEGATIVE_INFINITY;
    private double unhintedPause = FIRST_UNHINTED_PAUSE;
    private OptionalDouble rejectingSince = OptionalDouble.empty();
    private boolean answering = true;
    private boolean givenUp;

    /** @param patience seconds */
    Parking(double patience, ChangeLog log) {
        this.patience = patience;
        this.log = log;
    }

    /** Seconds until the pause is over. */
    double delay(double now) {
        return Math.max(0, parkedUntil - now);
    }

    boolean hasGivenUp() {
        return givenUp;
    }

    /** The vendor does answer. */
    void answered() {
        answering = true;
        rejectingSince = OptionalDouble.empty();
        unhintedPause = FIRST_UNHINTED_PAUSE;
        givenUp = false;
    }

    /**
     * The vendor rejected a call.
     *
     * @param departed when the call began
     * @param hint seconds to wait, if it said so
     * @param latency mean seconds of a successful call, 0 if not known: a first pause need not be longer than a part of it
     */
    void rejected(double departed, double now, OptionalDouble hint, double latency) {
        double since = rejectingSince.orElse(now);
        rejectingSince = OptionalDouble.of(since);
        givenUp |= hint.orElse(0) > patience || now - since >= patience;
        pause(departed, now, hint, latency, "429");
    }

    /**
     * The vendor had too much to do for a call.
     *
     * @param departed when the call began
     * @param hint seconds to wait, if it said so
     * @param latency mean seconds of a successful call, 0 if not known
     * @return seconds by which that lengthened the pause
     */
    double overloaded(double departed, double now, OptionalDouble hint, double latency) {
        double before = Math.max(now, parkedUntil);
        pause(departed, now, hint, latency, "the vendor is overloaded");
        return Math.max(0, parkedUntil - before);
    }

    private void pause(double departed, double now, OptionalDouble hint, double latency, String reason) {
        if (hint.isPresent()) {
            park(now, Math.min(patience, hint.getAsDouble()), reason + ", and the vendor said how long to wait");
        } else if (departed >= parkedAt) {
            park(now, answering ? shortPause(latency) : unhintedPause, reason + " without a hint how long to wait");
            unhintedPause = Math.min(LONGEST_UNHINTED_PAUSE, unhintedPause * 2);
        }
        answering = false;
    }

    private static double shortPause(double latency) {
        return latency == 0 ? FIRST_UNHINTED_PAUSE : Math.min(LONGEST_SHORT_PAUSE, PART_OF_LATENCY * latency);
    }

    private void park(double now, double seconds, String reason) {
        double until = now + Math.max(SHORTEST_PAUSE, seconds);
        // a pause that is merely confirmed is no news
        if (until > parkedUntil + SHORTEST_PAUSE) {
            log.changed(now, GateChange.What.PAUSE, Double.NaN, until - now, reason);
        }
        parkedAt = now;
        parkedUntil = Math.max(parkedUntil, until);
    }
}
