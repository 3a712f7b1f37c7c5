package io.github.batchferry.runner.gate;

/**
 * Tells rejections that come whatever is sent from those that come because too much is sent. A vendor that rejects one call in
 * twenty for reasons of its own does so at any speed; who slows down for each of them soon stands still.
 *
 * <p>It tries: after some episodes of rejections, calls are sent at twice the speed for a while, without pauses, so that a
 * vendor's bucket is soon empty. Where the speed is what the vendor minds, nearly half of them are rejected; after a tenth the
 * trial is over, and the next one is farther away.
 */
final class Noise {
    private static final double FASTER = 2;

    /** Calls of a trial, at least; at larger rates it takes three quarters of a second, several round trips. */
    private static final int CALLS = 32;

    private static final double SECONDS = 0.75;

    private static final int REJECTIONS = 4;
    private static final double REJECTED_SHARE = 0.1;

    /** Of so many calls of a trial one, at least, is held back by the pace and not by something else. */
    private static final int PACED = 2;

    private static final int FIRST_EPISODES = 4;
    private static final int MOST_EPISODES = 1 << 20;

    /** Rejections without a hint after which one with a hint is forgotten. */
    private static final int WITHOUT_HINT = 16;

    /** Share of rejections that no vendor has for reasons of its own. */
    private static final double MUCH = 0.2;

    private static final double SMOOTHING = 1.0 / 48;

    // Mutable state
    private int episodes;
    private int needed = FIRST_EPISODES;
    private boolean trying;
    private long wanted;
    private long calls;
    private long paced;
    private long rejections;
    private long sinceHint = WITHOUT_HINT;
    private boolean found;
    private double share;

    /**
     * The rate was measured at an episode of rejections.
     *
     * @param rate calls a second
     */
    void measured(double rate) {
        episodes++;
        if (!trying && !found && sinceHint >= WITHOUT_HINT && episodes >= needed) {
            trying = true;
            wanted = Math.max(CALLS, Math.round(FASTER * rate * SECONDS));
            calls = 0;
            paced = 0;
            rejections = 0;
        }
    }

    /** By how much to be faster now. */
    double speed() {
        return trying ? FASTER : 1;
    }

    /** Whether a trial is under way, in which rejections are no reason for a pause. */
    boolean isTrying() {
        return trying;
    }

    /** The pace does not matter any more. */
    void forget() {
        trying = false;
    }

    /** @param held whether the pace held the call back, and nothing else */
    void sent(boolean held) {
        calls++;
        paced += held ? 1 : 0;
        if (trying && calls >= wanted) {
            trying = false;
            if (paced * PACED >= calls) {
                found = true;
            } else {
                failed();
            }
        }
    }

    void answered() {
        share -= SMOOTHING * share;
    }

    /** @param hinted whether the vendor said how long to wait: then it knows why it rejects */
    void rejected(boolean hinted) {
        share += SMOOTHING * (1 - share);
        rejections++;
        sinceHint = hinted ? 0 : sinceHint + 1;
        boolean tooFast = trying && rejections >= Math.max(REJECTIONS, wanted * REJECTED_SHARE);
        boolean wrong = found && share >= MUCH;
        if (tooFast || wrong || hinted && (trying || found)) {
            failed();
        }
    }

    private void failed() {
        trying = false;
        found = false;
        episodes = 0;
        needed = Math.min(MOST_EPISODES, needed * 2);
    }

    /** Whether rejections are noise, and tell nothing about the right speed. */
    boolean isFound() {
        return found;
    }
}
