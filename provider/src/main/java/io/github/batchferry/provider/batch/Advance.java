package io.github.batchferry.provider.batch;

import io.github.batchferry.wire.RunProgress;

/** Tells, within one wait for a batch, runs that answered something from runs that paused where they began. */
final class Advance {
    // Mutable state
    private long answered;
    private long run;
    private int attempt;

    private Advance(long answered) {
        this.answered = answered;
    }

    /** Of a batch whose first pause counts only if something was answered by then. */
    static Advance fromNothing() {
        return new Advance(0);
    }

    /** Of a batch that somebody wants to go on, so that its first pause is no reason to give up. */
    static Advance wanted() {
        return new Advance(-1);
    }

    /** Takes note of a pause, and says whether more is answered than at the one before. The same pause is no news. */
    boolean by(RunProgress pause) {
        boolean same = pause.runId() == run && pause.runAttempt() == attempt;
        boolean more = pause.answered() > answered;
        answered = pause.answered();
        run = pause.runId();
        attempt = pause.runAttempt();
        return same || more;
    }
}
