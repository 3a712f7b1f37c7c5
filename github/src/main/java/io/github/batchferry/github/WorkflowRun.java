package io.github.batchferry.github;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A run of a workflow.
 *
 * @param id GitHub's number
 * @param attempt which attempt this is, counted from 1
 * @param displayTitle the run's name, from {@code run-name}
 * @param event what started it, such as {@code workflow_dispatch}
 * @param status {@code requested}, {@code queued}, {@code pending}, {@code waiting}, {@code in_progress}, {@code completed};
 *     anything unknown means not finished
 * @param conclusion how it ended; empty while it is not over. Only {@code success} is success
 * @param createdAt when it was dispatched
 * @param htmlUrl its page for people
 */
public record WorkflowRun(
        long id,
        int attempt,
        String displayTitle,
        String event,
        String status,
        Optional<String> conclusion,
        Instant createdAt,
        URI htmlUrl) {
    /** Whether the run is over. */
    public boolean completed() {
        return status.equals("completed");
    }

    /** Whether the run is over and every job succeeded. */
    public boolean succeeded() {
        return completed() && conclusion.equals(Optional.of("success"));
    }
}
