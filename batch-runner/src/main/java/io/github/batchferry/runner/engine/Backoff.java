package io.github.batchferry.runner.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Waiting times between attempts: exponential with full jitter, that is, anything from nothing to {@code first * 2^k}, at
 * most {@code max}.
 *
 * @param first bound of the first wait
 * @param max bound of all waits
 * @param random source of the jitter
 */
public record Backoff(Duration first, Duration max, RandomGenerator random) {
    /** From half a second to half a minute. */
    public static Backoff standard(RandomGenerator random) {
        return new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), random);
    }

    /** A vendor that wants to be left alone for longer is not believed; nor does any mean it. */
    private static final Duration LONGEST_HINT = Duration.ofMinutes(15);

    /**
     * The time to wait before the next attempt.
     *
     * @param failures attempts that failed so far, at least 1
     * @param hint what the vendor asked for: the least time to wait
     */
    public Duration after(int failures, Optional<Duration> hint) {
        long bound = bound(failures).toMillis();
        Duration jitter = Duration.ofMillis(bound == 0 ? 0 : random.nextLong(bound + 1));
        Duration least = hint.orElse(Duration.ZERO);
        Duration believed = least.compareTo(LONGEST_HINT) < 0 ? least : LONGEST_HINT;
        return jitter.compareTo(believed) < 0 ? believed : jitter;
    }

    /** The longest wait after so many failures. */
    Duration bound(int failures) {
        int doublings = Math.min(failures - 1, 30);
        Duration grown = first.multipliedBy(1L << doublings);
        return grown.compareTo(max) < 0 ? grown : max;
    }
}
