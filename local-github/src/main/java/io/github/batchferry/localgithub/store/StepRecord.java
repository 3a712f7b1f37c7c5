package io.github.batchferry.localgithub.store;

import java.time.Instant;

/**
 * What is known of a step.
 *
 * @param number counted from 1
 * @param name for people
 * @param status where it stands
 * @param conclusion how it ended; null before
 * @param startedAt null before
 * @param completedAt null before
 */
public record StepRecord(
        int number, String name, Status status, Conclusion conclusion, Instant startedAt, Instant completedAt) {
    /** A step that has not begun. */
    public static StepRecord queued(int number, String name) {
        return new StepRecord(number, name, Status.QUEUED, null, null, null);
    }

    /** The same step, begun, with the name it turned out to have. */
    public StepRecord begun(String evaluatedName, Instant now) {
        return new StepRecord(number, evaluatedName, Status.IN_PROGRESS, null, now, null);
    }

    /** The same step, over. */
    public StepRecord ended(Conclusion how, Instant now) {
        return new StepRecord(number, name, Status.COMPLETED, how, startedAt == null ? now : startedAt, now);
    }
}
