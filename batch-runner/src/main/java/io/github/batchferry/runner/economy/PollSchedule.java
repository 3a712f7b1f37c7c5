package io.github.batchferry.runner.economy;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** When to look next: half as long again each time up to a bound, give or take a tenth, so that looks do not come in volleys. */
final class PollSchedule {
    private static final double GROWTH = 1.5;
    private static final double JITTER = 0.1;

    private final EconomyTimes times;
    private final RandomGenerator random;

    // Mutable state
    private double next;

    PollSchedule(EconomyTimes times, RandomGenerator random) {
        this.times = times;
        this.random = random;
        this.next = times.firstLook().toMillis();
    }

    /** The time until the next look. */
    Duration next() {
        double now = Math.min(next, times.longestLook().toMillis());
        next = now * GROWTH;
        return Duration.ofMillis(Math.round(now * (1 - JITTER + 2 * JITTER * random.nextDouble())));
    }
}
