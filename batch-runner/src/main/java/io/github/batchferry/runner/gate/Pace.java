package io.github.batchferry.runner.gate;

/**
 * Spreads requests where a vendor rejected some and no limits are known.
 *
 * <p>At first a little faster than the window empties (Little's law), so that a freed window is not thrown at the vendor at
 * once. When it turns out that the window is not what the vendor minds, at the rate at which it takes requests. That rate is
 * measured between two episodes of rejections: at both the vendor's bucket was empty, so what it took in between is what
 * flowed in. Where few were rejected in between it may have been for another cause, and the pace does not fall below half of
 * the best one. It then starts a little below and grows slowly, faster the longer nothing was rejected; at the next
 * episode it is measured again.
 */
final class Pace {
    private static final double MARGIN = 0.98;

    /** Growth in a round trip, but at least a second, as long as the pace is what holds requests back. */
    private static final double GROWTH = 0.005;

    /** Seconds without rejection after which the growth is twice as fast, and faster and faster from then on. */
    private static final double CALM = 30;

    /** Where it was not the pace that held requests back, more would have been taken: the next episode tells how much. */
    private static final double GENEROUS = 2;

    /** With less than that the window could never fill and hence never grow. */
    private static final double FASTER = 1.03;

    /** What was taken since the last measurement before a new one begins; less tells too little. */
    private static final long ENOUGH = 16;

    private static final double LATENCY_SMOOTHING = 0.05;

    /** Share of rejections above which the vendor surely takes less than it did. */
    private static final double MANY_REJECTED = 0.2;

    private static final double PART_OF_BEST = 0.5;

    private static final double MIN_SECONDS = 0.001;

    /** Requests that may follow each other without a pause, so that fast lanes need few timers. */
    private static final double SECONDS_AT_ONCE = 0.02;

    private final Bucket bucket = new Bucket(1, 1, 0);
    private final Noise noise;

    // Mutable state
    private boolean measured;
    private double rate;
    private double best;
    private double meanLatency;
    private long sent;
    private long rejected;
    private double sentAt;
    private boolean limiting;
    private long limited;
    private double episodeAt = Double.NEGATIVE_INFINITY;
    private boolean unmeasured;
    private boolean tried;
    private boolean begun;
    private long takenBefore;
    private long sentBefore;
    private long rejectedBefore;
    private double measuredAt;
    private double idle;

    /** @param noise hears what is measured */
    Pace(Noise noise) {
        this.noise = noise;
    }

    /** A call succeeded after so many seconds. */
    void answered(double latency) {
        meanLatency = meanLatency == 0 ? latency : meanLatency + LATENCY_SMOOTHING * (latency - meanLatency);
    }

    /** Whether the pace follows the measured rate, not the window. */
    boolean isMeasured() {
        return measured;
    }

    /** From now on the pace follows the measured rate. */
    void measureFromNowOn() {
        measured = true;
    }

    /** There is no need to hold requests back here after all. */
    void forget() {
        measured = false;
        begun = false;
        noise.forget();
    }

    /** For so many seconds nothing is sent, for a reason that has nothing to do with the rate. */
    void idle(double seconds) {
        idle += seconds;
    }

    /**
     * @param departed when the rejected call began
     * @param inTrial whether that was to be expected, at a speed that was only tried
     */
    void rejected(double departed, double now, boolean inTrial) {
        rejected++;
        if (departed > episodeAt) {
            episodeAt = now;
            unmeasured = true;
            tried |= inTrial;
        }
    }

    /**
     * Seconds until the next request; to be asked when pauses are over, for all of an episode's rejections are in then.
     *
     * @param window calls that may be under way
     */
    double delay(double window, double now) {
        if (unmeasured) {
            unmeasured = false;
            double before = rate;
            measure();
            // a trial that was too fast may show that more is taken than was known, but not that less is
            rate = tried ? Math.max(before, rate) : rate;
            tried = false;
            if (measured) {
                noise.measured(rate);
            }
        }
        double current = measured ? rate * noise.speed() : FASTER * window / meanLatency;
        if (!begun || !(current > 0) || Double.isInfinite(current)) {
            return 0;
        }
        bucket.reshape(current, Math.max(1, current * SECONDS_AT_ONCE), now);
        double wait = bucket.delay(1, now);
        limiting |= wait > 0;
        return wait;
    }

    void sent(double now) {
        noise.sent(limiting);
        if (limiting) {
            double rounds = Math.min(1, (now - sentAt) / round());
            double calm = (now - episodeAt) / CALM;
            rate *= 1 + GROWTH * rounds * (1 + calm * calm);
            limiting = false;
            limited++;
        }
        bucket.take(1, now);
        sent++;
        sentAt = now;
    }

    /** Mean seconds of a successful call; 0 if none is known. */
    double meanLatency() {
        return meanLatency;
    }

    private double round() {
        return Math.max(1, meanLatency);
    }

    private void measure() {
        long taken = sent - rejected;
        if (begun) {
            boolean held = limited * 2 > sent - sentBefore;
            double takenSince = Math.max(1, taken - takenBefore + 1);
            double seconds = Math.max(MIN_SECONDS, episodeAt - measuredAt - idle);
            rate = (held ? MARGIN : GENEROUS) * takenSince / seconds;
            boolean telling = sent - sentBefore >= ENOUGH;
            boolean surely = telling && rejected - rejectedBefore > MANY_REJECTED * (sent - sentBefore);
            best = surely ? rate : Math.max(best, rate);
            rate = Math.max(rate, best * PART_OF_BEST);
        }
        if (!begun || taken - takenBefore >= ENOUGH) {
            begun = true;
            takenBefore = taken;
            sentBefore = sent;
            rejectedBefore = rejected;
            limited = 0;
            measuredAt = episodeAt;
            idle = 0;
        }
    }
}
