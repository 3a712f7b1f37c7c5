package io.github.batchferry.provider.batch;

import io.github.batchferry.provider.targets.Target;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When to look at a run again. For a GitHub: after 3 s, then every 5 s for a minute, every 10 s for ten minutes and every
 * 25 s from there, each a fifth more or less, so that many clients do not look in step. The embedded GitHub costs nothing
 * and is looked at often.
 */
final class LookSchedule {
    private static final Duration EMBEDDED = Duration.ofMillis(200);
    private static final Duration FIRST = Duration.ofSeconds(3);
    private static final double JITTER = 0.2;

    private final boolean embedded;
    private final Optional<Duration> longest;
    private final RandomGenerator random;

    LookSchedule(Target target, RandomGenerator random) {
        this.embedded = target instanceof Target.Embedded;
        this.longest = target.pollInterval();
        this.random = random;
    }

    /** How long after its dispatch a run is first looked at. */
    Duration first() {
        return embedded ? interval() : capped(jittered(FIRST));
    }

    /**
     * How long to wait for the next look.
     *
     * @param age time since the dispatch
     */
    Duration next(Duration age) {
        return embedded ? interval() : capped(jittered(usual(age)));
    }

    private static Duration usual(Duration age) {
        if (age.compareTo(Duration.ofMinutes(1)) < 0) {
            return Duration.ofSeconds(5);
        }
        return Duration.ofSeconds(age.compareTo(Duration.ofMinutes(10)) < 0 ? 10 : 25);
    }

    private Duration interval() {
        return longest.orElse(EMBEDDED);
    }

    private Duration jittered(Duration usual) {
        return Duration.ofMillis(Math.round(usual.toMillis() * (1 + JITTER * (2 * random.nextDouble() - 1))));
    }

    private Duration capped(Duration wait) {
        return longest.filter(max -> max.compareTo(wait) < 0).orElse(wait);
    }
}
