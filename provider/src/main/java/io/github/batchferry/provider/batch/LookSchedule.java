package io.github.batchferry.provider.batch;

import io.github.batchferry.provider.targets.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When to look at a run again, and when to listen for its heartbeat. Looks are free while nothing changed, so that they come
 * every few seconds: often at first and around the expected end, never more than ten seconds apart. Where they are not free
 * they are few, and the results branch, which git reads without any limit's being touched, says when the work is done. All
 * times are a fifth more or less, so that many clients do not look in step. The embedded GitHub costs nothing.
 */
final class LookSchedule {
    private static final Duration EMBEDDED = Duration.ofMillis(200);
    private static final Duration FIRST = Duration.ofSeconds(3);
    private static final Duration NEAR = Duration.ofSeconds(15);
    private static final Duration OFTEN = Duration.ofSeconds(3);
    private static final Duration USUAL = Duration.ofSeconds(5);

    /** With the jitter, ten seconds at most. */
    private static final Duration SELDOM = Duration.ofSeconds(8);

    private static final Duration NEVER_SOONER = Duration.ofSeconds(10);
    private static final Duration NEVER_LATER = Duration.ofMinutes(5);

    /** Pauses, in seconds, between looks that are counted once the work is done: a job takes a moment to end. */
    private static final long[] LAST_COUNTED = {1, 2, 2, 3, 3};

    private static final double SHARE_OF_REMAINING = 0.6;
    private static final double JITTER = 0.2;

    private final boolean embedded;
    private final Optional<Duration> longest;
    private final RandomGenerator random;

    // Mutable state
    private int lastLooks;

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
     * @param dear whether it will be counted for nothing
     */
    Duration look(Instant now, Outlook outlook, CallBudget budget, boolean dear) {
        if (embedded) {
            return interval();
        }
        return capped(jittered(dear ? rationed(now, outlook, budget) : free(now, outlook)));
    }

    private static Duration free(Instant now, Outlook outlook) {
        if (outlook.endedWork().isPresent()) {
            return sinceThen(outlook.endedWork().get(), now).toSeconds() < 60 ? Duration.ofSeconds(1) : USUAL;
        }
        if (outlook.remaining(now).isPresent()) {
            return aroundTheEnd(outlook.remaining(now).get());
        }
        Duration age = outlook.age(now);
        if (age.compareTo(Duration.ofMinutes(2)) < 0) {
            return OFTEN;
        }
        return age.compareTo(Duration.ofMinutes(10)) < 0 ? USUAL : SELDOM;
    }

    private static Duration aroundTheEnd(Duration remaining) {
        if (remaining.compareTo(NEAR) > 0) {
            return shorter(SELDOM, longer(OFTEN, remaining.minus(NEAR)));
        }
        // an end that is long overdue says little
        return remaining.toSeconds() > -120 ? OFTEN : SELDOM;
    }

    private Duration rationed(Instant now, Outlook outlook, CallBudget budget) {
        if (outlook.endedWork().isPresent() && lastLooks < LAST_COUNTED.length) {
            return Duration.ofSeconds(LAST_COUNTED[lastLooks++]);
        }
        return budget.untilAffordable(outlook.age(now), outlook.expectedEnd().isPresent());
    }

    /**
     * How long to wait until the heartbeat is listened for.
     *
     * @param dear whether looks are counted, so that the heartbeat alone says when the work is done
     */
    Duration beat(Instant now, Outlook outlook, boolean dear) {
        return jittered(unhurriedBeat(now, outlook, dear));
    }

    private static Duration unhurriedBeat(Instant now, Outlook outlook, boolean dear) {
        if (outlook.endedWork().isPresent()) {
            return NEVER_LATER;
        }
        Optional<Duration> remaining = outlook.remaining(now);
        if (remaining.isEmpty()) {
            Duration age = outlook.age(now);
            return dear && age.toMinutes() < 10 ? USUAL : age.toMinutes() < 10 ? NEVER_SOONER : Duration.ofSeconds(30);
        }
        if (remaining.get().compareTo(NEAR) <= 0) {
            boolean overdue = remaining.get().toSeconds() < -120;
            return overdue ? NEVER_SOONER : dear ? OFTEN : USUAL;
        }
        Duration share = Duration.ofMillis(Math.round(remaining.get().toMillis() * SHARE_OF_REMAINING));
        return shorter(NEVER_LATER, longer(dear ? USUAL : NEVER_SOONER, share));
    }

    private static Duration sinceThen(Instant then, Instant now) {
        return Duration.between(then, now);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
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
