package io.github.batchferry.provider.batch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A clock that only moves when somebody waits, and what is to happen while they do. */
public final class TestTime extends Clock implements Pause {
    static final Instant START = Instant.parse("2026-01-15T09:30:00Z");

    private final TreeMap<Instant, List<Runnable>> plans = new TreeMap<>();
    private final List<Duration> pauses = new ArrayList<>();
    private volatile Instant now = START;

    /** Has something happen once so much time has passed. */
    void after(Duration delay, Runnable action) {
        plans.computeIfAbsent(now.plus(delay), at -> new ArrayList<>()).add(action);
    }

    /** How long everybody waited, in order. */
    List<Duration> pauses() {
        return pauses;
    }

    Duration elapsed() {
        return Duration.between(START, now);
    }

    @Override
    public void await(Duration duration) {
        pauses.add(duration);
        Instant end = now.plus(duration);
        while (!plans.isEmpty() && !plans.firstKey().isAfter(end)) {
            now = plans.firstKey();
            plans.pollFirstEntry().getValue().forEach(Runnable::run);
        }
        now = end;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("a test does not change zones");
    }
}
