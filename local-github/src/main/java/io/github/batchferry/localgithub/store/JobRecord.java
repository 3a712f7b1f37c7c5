package io.github.batchferry.localgithub.store;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What is known of a job.
 *
 * @param id number that no other job or run has
 * @param name for people
 * @param labels of {@code runs-on}
 * @param status where it stands
 * @param conclusion how it ended; null before
 * @param createdAt when the attempt was created
 * @param startedAt when it left the queue; when it was created, before that
 * @param completedAt null before
 * @param steps in order; empty while it is queued
 */
public record JobRecord(
        long id,
        String name,
        List<String> labels,
        Status status,
        Conclusion conclusion,
        Instant createdAt,
        Instant startedAt,
        Instant completedAt,
        List<StepRecord> steps) {
    public JobRecord {
        labels = List.copyOf(labels);
        steps = List.copyOf(steps);
    }

    /** A job that waits for its turn. */
    public static JobRecord queued(long id, String name, List<String> labels, Instant now) {
        return new JobRecord(id, name, labels, Status.QUEUED, null, now, now, null, List.of());
    }

    JobRecord begun(Instant now) {
        return new JobRecord(id, name, labels, Status.IN_PROGRESS, null, createdAt, now, null, steps);
    }

    JobRecord withName(String other) {
        return new JobRecord(id, other, labels, status, conclusion, createdAt, startedAt, completedAt, steps);
    }

    /** The same job with other steps. */
    public JobRecord withSteps(List<StepRecord> others) {
        return new JobRecord(id, name, labels, status, conclusion, createdAt, startedAt, completedAt, others);
    }

    /** The same job with one step, found by its number, changed. */
    public JobRecord withStep(int number, UnaryOperator<StepRecord> change) {
        return withSteps(steps.stream()
                .map(step -> step.number() == number ? change.apply(step) : step)
                .toList());
    }

    /** The job over; a step that was running ends the way the job did, one that had not begun is skipped. */
    JobRecord ended(Conclusion how, Instant now) {
        List<StepRecord> last = steps.stream()
                .map(step -> switch (step.status()) {
                    case COMPLETED -> step;
                    case IN_PROGRESS -> step.ended(how, now);
                    default -> step.ended(Conclusion.SKIPPED, now);
                })
                .toList();
        return new JobRecord(id, name, labels, Status.COMPLETED, how, createdAt, startedAt, now, last);
    }
}
