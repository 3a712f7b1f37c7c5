package io.github.batchferry.runner.gate;

/**
 * Tells rejections that come whatever is sent from those that come because too much is sent. A vendor that rejects one call in
 * twenty for reasons of its own does so at any speed; who slows down for each of them soon stands still.
 *
 * <p>It tries: after some episodes of rejections a few calls are sent at twice the speed. Where the speed is what the vendor
 * minds, half of them are rejected, and after the third the trial is over and the next one is farther away.
 */
final class Noise {
    private static final double FASTER = 2;

    private static final int CALLS = 24;
    private static final int REJECTIONS = 3;

    private static final int FIRST_EPISODES = 4;

    /** Share of rejections that no vendor has for reasons of its own. */
    private static final double MUCH = 0.2;

    private static final double SMOOTHING = 1.0 / 48;

    // Mutable state
    private int episodes;
    private int needed = FIRST_EPISODES;
    private boolean trying;
    private int calls;
    private int rejections;
    private boolean hints;
    private boolean found;
    private double share;

    /** The rate was measured at an episode of rejections. */
    void measured() {
        episodes++;
        if (!hints && !trying && !found && episodes >= needed) {
            trying = true;
            calls = 0;
            rejections = 0;
        }
    }

    /** By how much to be faster now. */
    double speed() {
        return trying ? FASTER : 1;
    }

    void sent() {
        calls++;
        if (trying && calls >= CALLS) {
            trying = false;
            found = true;
        }
    }

    void answered() {
        share -= SMOOTHING * share;
    }

    /** @param hinted whether the vendor said how long to wait: then it knows why it rejects */
    void rejected(boolean hinted) {
        share += SMOOTHING * (1 - share);
        rejections++;
        hints |= hinted;
        if (hints || trying && rejections >= REJECTIONS || found && share >= MUCH) {
            trying = false;
            found = false;
            episodes = 0;
            needed *= 2;
        }
    }

    /** Whether rejections are noise, and tell nothing about the right speed. */
    boolean isFound() {
        return found;
    }
}
