package io.github.batchferry.runner.gate;

/**
 * Spreads requests where a vendor rejected some and no limits are known: a little faster than the vendor delivers, that is,
 * {@code FASTER * window / mean latency} (Little's law), so that a freed window is not thrown at it at once.
 */
final class Pace {
    /** With less the window could never fill and hence never grow. */
    private static final double FASTER = 1.05;

    private static final double SMOOTHING = 0.05;

    /** Requests that may follow each other without a pause, so that fast lanes need few timers. */
    private static final double SECONDS_AT_ONCE = 0.02;

    private final Bucket bucket = new Bucket(1, 1, 0);

    // Mutable state
    private double meanLatency;

    /** A call succeeded after so many seconds. */
    void answered(double latency) {
        meanLatency = meanLatency == 0 ? latency : meanLatency + SMOOTHING * (latency - meanLatency);
    }

    /** Seconds until the next request; none before anything is known. */
    double wait(double window, double now) {
        if (meanLatency <= 0) {
            return 0;
        }
        double rate = FASTER * window / meanLatency;
        bucket.reshape(rate, Math.max(1, rate * SECONDS_AT_ONCE), now);
        return bucket.wait(1, now);
    }

    void sent(double now) {
        bucket.take(1, now);
    }

    double meanLatency() {
        return meanLatency;
    }
}
