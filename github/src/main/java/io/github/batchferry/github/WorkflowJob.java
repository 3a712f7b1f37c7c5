package io.github.batchferry.github;

import java.util.List;
import java.util.Optional;

/**
 * A job of a run.
 *
 * @param id GitHub's number
 * @param name as in the workflow
 * @param status {@code queued}, {@code in_progress}, {@code completed}, {@code waiting}, {@code requested}, {@code pending}
 * @param conclusion how it ended; empty while it is not over
 * @param steps in the order of the workflow
 * @param labels what a runner must offer to take the job; empty where it was not asked for
 */
public record WorkflowJob(
        long id, String name, String status, Optional<String> conclusion, List<Step> steps, List<String> labels) {
    /** A step of a job, with the same words for status and conclusion. */
    public record Step(int number, String name, String status, Optional<String> conclusion) {}

    public WorkflowJob {
        steps = List.copyOf(steps);
        labels = List.copyOf(labels);
    }

    /** A job whose labels were not asked for. */
    public WorkflowJob(long id, String name, String status, Optional<String> conclusion, List<Step> steps) {
        this(id, name, status, conclusion, steps, List.of());
    }
}
