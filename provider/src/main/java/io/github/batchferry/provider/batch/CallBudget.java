package io.github.batchferry.provider.batch;

import java.time.Duration;

/**
 * Keeps count of the looks that GitHub counts: an unchanged run is free as long as its ETag holds. Where ETags do not hold,
 * because a proxy or a renewed token changes them, looks are rationed: 11 in the first ten minutes, 5 of them for the end,
 * and from there one every ten minutes. Not thread-safe.
 */
final class CallBudget {
    /** Ages of a run, in seconds, from which one more counted look is in order. */
    private static final long[] HEARING = {3, 9, 24, 60, 150, 330};

    /** The same where no heartbeat will say when the work is done, so that none are kept for the end. */
    private static final long[] BLIND = {3, 9, 24, 60, 130, 220, 330, 450, 580, 700, 850, 1050, 1300};

    private static final long LATER = 600;
    private static final long SHORTEST = 20;
    private static final int USELESS = 2;

    // Mutable state
    private int counted;
    private int useless;

    /** A look was free. */
    void free() {
        useless = 0;
    }

    /**
     * A look was counted.
     *
     * @param news whether it told anything new
     */
    void counted(boolean news) {
        counted++;
        useless = news ? 0 : useless + 1;
    }

    /** Whether the next look will most likely be counted for nothing. */
    boolean dear() {
        return useless >= USELESS;
    }

    /**
     * How long to wait for a look that will be counted.
     *
     * @param age of the run
     * @param hearing whether a heartbeat says when the end is near
     */
    Duration untilAffordable(Duration age, boolean hearing) {
        long[] ages = hearing ? HEARING : BLIND;
        long due = counted < ages.length ? ages[counted] : ages[ages.length - 1] + LATER * (counted - ages.length + 1);
        return Duration.ofSeconds(Math.max(SHORTEST, due - age.toSeconds()));
    }
}
