package io.github.batchferry.mockvendor;

/** A bucket that fills at a constant rate up to its capacity; full at first. */
final class TokenBucket {
    private static final double SECOND = 1e9;

    private final double capacity;
    private final double perNano;

    // Mutable state
    private double level;
    private long filledAt;

    /** @param now a reading of the clock whose readings the other methods take, in nanoseconds */
    TokenBucket(double capacity, double perSecond, long now) {
        this.capacity = capacity;
        this.perNano = perSecond / SECOND;
        this.level = capacity;
        this.filledAt = now;
    }

    /** Whether so much is in it; more than its capacity never is. */
    boolean holds(double amount, long now) {
        fill(now);
        return level >= amount;
    }

    /** Takes out, what it must hold. */
    void take(double amount, long now) {
        fill(now);
        level -= amount;
    }

    /** What is in it, whole. */
    long level(long now) {
        fill(now);
        return (long) level;
    }

    /** Nanoseconds until it holds so much if nobody takes from it. */
    long nanosUntil(double amount, long now) {
        fill(now);
        return (long) Math.ceil(Math.max(0, amount - level) / perNano);
    }

    /** Nanoseconds until it is full. */
    long nanosUntilFull(long now) {
        return nanosUntil(capacity, now);
    }

    private void fill(long now) {
        level = Math.min(capacity, level + (now - filledAt) * perNano);
        filledAt = now;
    }
}
