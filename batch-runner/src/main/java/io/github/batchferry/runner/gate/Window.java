package io.github.batchferry.runner.gate;

/**
 * How many calls may be under way at once: the one window of a lane.
 *
 * <p>It starts with a few probes, whose answers may tell the vendor's limits. When the first one is there, or when answers take
 * long, it opens by time: the owner configured the maximum, so it is probably right, and should it be wrong, the vendor's
 * first 429 comes within a network round trip. The ramp is flat enough that until then few calls more have been sent. From the first 429 on it is AIMD: the first cut goes down to the
 * calls that the vendor did take, later ones to {@link #CUT} of the window; one cut for each episode, which is all calls that
 * began before the cut. It grows with every answer that came while it was full, and more carefully after every episode.
 */
final class Window {
    private static final double FIRST_CALLS = 4;

    /** Probes that follow them each second, until the first answer is there, but not for too long. */
    private static final double PROBES_PER_SECOND = 40;

    private static final double LONGEST_PROBING = 0.5;

    /** From so many requests on a late start costs more than a few rejections, and two network round trips must do. */
    private static final long MANY_REQUESTS = 10_000;

    private static final double SHORT_PROBING = 0.1;

    /** The whole ramp takes at least about this many seconds. */
    private static final double FASTEST_RAMP = 0.1;

    /** Calls per second that the ramp adds at first, at least; small batches are over before much can go wrong. */
    private static final double LEAST_SLOPE = 400;

    /** Share of all requests that the ramp adds at first in a second: not quite one per cent in a round trip of 50 ms. */
    private static final double SHARE_PER_SECOND = 0.16;

    /** Seconds after which the ramp is twice as steep: what went well so long probably goes on. */
    private static final double STEEPER_AFTER = 0.2;

    private static final double CUT = 0.92;

    /** Below this part of the window that was too large it grows at least by {@link #RECOVERY}. */
    private static final double RECOVERED = 0.95;

    private static final double RECOVERY = 0.25;

    /** What each episode leaves of the growth per answer, and its lowest value: one per cent in a round trip. */
    private static final double CAUTION = 0.25;

    private static final double LEAST_GAIN = 0.01;

    /** Seconds without an episode after which it grows twice as fast, and faster and faster from then on. */
    private static final double CALM = 30;

    /** An episode below this part of the window that was too large speaks for another cause; so many of them prove it. */
    private static final double INNOCENT = 0.97;

    private static final int ENOUGH_ACQUITTALS = 2;

    private static final double NEARLY_FULL = 0.9;

    private final double max;
    private final double slope;
    private final double longestProbing;
    private final ChangeLog log;

    // Mutable state
    private double size;
    private double rampStart = Double.NaN;
    private double rampFrom;
    private boolean ramping = true;
    private boolean probing = true;
    private boolean cut;
    private boolean firstEpisode;
    private int acquittals;
    private double cutAt = Double.NEGATIVE_INFINITY;
    private double tooLarge = Double.POSITIVE_INFINITY;
    private double gain = 1;

    /**
     * @param max most calls at once
     * @param requests requests that are to pass
     */
    Window(int max, long requests, ChangeLog log) {
        this.max = max;
        this.slope = Math.min(max / FASTEST_RAMP, Math.max(LEAST_SLOPE, SHARE_PER_SECOND * requests));
        this.longestProbing = requests < MANY_REQUESTS ? LONGEST_PROBING : SHORT_PROBING;
        this.rampFrom = Math.min(max, FIRST_CALLS);
        this.size = rampFrom;
        this.log = log;
    }

    /** Calls that may be under way now, at least 1. The ramp begins when this is first asked. */
    double size(double now) {
        if (ramping) {
            rampStart = Double.isNaN(rampStart) ? now : rampStart;
            if (probing && now - rampStart >= longestProbing) {
                endProbing(now);
            }
            double time = now - rampStart;
            if (probing) {
                size = Math.min(max, FIRST_CALLS + PROBES_PER_SECOND * time);
                return size;
            }
            size = Math.min(max, rampFrom + slope * time * (1 + time / (2 * STEEPER_AFTER)));
            ramping = size < max;
        }
        return size;
    }

    private void endProbing(double now) {
        probing = false;
        rampStart = now;
        rampFrom = size;
    }

    /** Whether the window grows by time alone. */
    boolean isRamping() {
        return ramping;
    }

    /** The window turned out not to be what matters: it opens again. */
    void reopen(double now) {
        if (cut) {
            log.changed(now, GateChange.What.WINDOW, size, max, "the vendor reports its limits");
        }
        if (probing) {
            endProbing(now);
        } else if (!ramping) {
            rampStart = now;
            rampFrom = size;
        }
        ramping = true;
        cut = false;
        acquittals = 0;
        gain = 1;
        tooLarge = Double.POSITIVE_INFINITY;
    }

    /**
     * Whether the vendor rejects again and again although the window is smaller than it was when calls were rejected before:
     * then it is not the calls at once that it minds.
     *
     * @param departed when the rejected call began
     */
    boolean isInnocentOf(double departed) {
        if (cut && departed > cutAt) {
            acquittals = size < INNOCENT * tooLarge ? acquittals + 1 : 0;
        }
        return acquittals >= ENOUGH_ACQUITTALS;
    }

    /**
     * @param underWay calls under way before the one that was answered ended
     * @param free whether nothing is known to speak against more calls
     */
    void answered(int underWay, boolean free, double now) {
        if (probing) {
            endProbing(now);
        }
        if (cut && underWay >= NEARLY_FULL * Math.floor(size)) {
            double growth = free ? 1 : size < RECOVERED * tooLarge ? Math.max(gain, RECOVERY) : gain;
            double calm = (now - cutAt) / CALM;
            size = Math.min(max, size + growth * (1 + calm * calm));
        }
    }

    /**
     * @param departed when the rejected call began
     * @param underWay calls that are still under way
     */
    void rejected(double departed, int underWay, double now) {
        double before = size(now);
        boolean newEpisode = departed > cutAt;
        firstEpisode = !cut || (firstEpisode && !newEpisode);
        if (!cut) {
            size = Math.max(1, underWay);
        } else if (newEpisode) {
            tooLarge = size;
            gain = Math.max(LEAST_GAIN, gain * CAUTION);
            size = Math.max(1, size * CUT);
        } else {
            // the rest of a burst: the vendor takes no more than what is left
            size = Math.max(1, Math.min(size, underWay));
        }
        if (firstEpisode) {
            tooLarge = size;
        }
        ramping = false;
        probing = false;
        if (newEpisode) {
            cutAt = now;
            log.changed(now, GateChange.What.WINDOW, before, size, "429 without known limits");
        }
        cut = true;
    }
}
