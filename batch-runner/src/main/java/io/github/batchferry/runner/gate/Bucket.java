package io.github.batchferry.runner.gate;

/**
 * A token bucket: fills steadily up to its capacity, and what is sent is taken out. It may be overdrawn by a request that is
 * larger than estimated, but never by more than a minute's fill, so that one wrong number cannot stop a lane.
 */
final class Bucket {
    /** Keeps rounding from turning "now" into "in a nanosecond". */
    private static final double TOLERANCE = 1e-6;

    private static final double MINUTE = 60;

    // Mutable state
    private double rate;
    private double capacity;
    private double level;
    private double at;

    /**
     * A full bucket.
     *
     * @param rate units per second
     * @param capacity most units in it
     * @param now seconds
     */
    Bucket(double rate, double capacity, double now) {
        this.rate = rate;
        this.capacity = capacity;
        this.level = capacity;
        this.at = now;
    }

    /** Seconds until so much can be taken; what is more than the bucket holds can be taken when it is full. */
    double delay(double need, double now) {
        fill(now);
        double missing = Math.min(need, capacity) - level;
        return missing <= TOLERANCE ? 0 : missing / rate;
    }

    void take(double need, double now) {
        fill(now);
        change(-need);
    }

    /** Corrects an earlier take; a negative amount takes more. */
    void giveBack(double amount, double now) {
        fill(now);
        change(amount);
    }

    /** Lowers the level to a bound that is known from elsewhere; never raises it. */
    void lowerTo(double bound, double now) {
        fill(now);
        change(Math.min(0, bound - level));
    }

    void reshape(double newRate, double newCapacity, double now) {
        fill(now);
        rate = newRate;
        capacity = newCapacity;
        change(0);
    }

    double level(double now) {
        fill(now);
        return level;
    }

    double rate() {
        return rate;
    }

    private void fill(double now) {
        if (now > at) {
            change(rate * (now - at));
            at = now;
        }
    }

    private void change(double amount) {
        double lowest = -Math.max(capacity, rate * MINUTE);
        level = Math.max(lowest, Math.min(capacity, level + amount));
    }
}
