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
 */
public record WorkflowJob(long id, String name, String status, Optional<String> conclusion, List<Step> steps) {
    /** A step of a job, with the same words for status and conclusion. */
    public record Step(int number, String name, String status, Optional<String> conclusion) {}

    public WorkflowJob {
        steps = List.copyOf(steps);
    }
}
