package io.github.batchferry.provider.batch;

import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.RepositoryApi;
import io.github.batchferry.github.WorkflowJob;
import io.github.batchferry.github.WorkflowRun;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out where and why a run failed. What cannot be read is left out: the failure itself is certain without it. */
final class FailureDetails {
    private static final int LOG_LINES = 20;
    private static final Set<String> HARMLESS = Set.of("success", "skipped", "neutral");

    private FailureDetails() {}

    /** The first thing that failed; empty if the run is not over or succeeded. */
    static Optional<RunReport.Failure> of(WorkflowRun run, RepositoryApi repository) {
        if (!run.completed() || run.succeeded()) {
            return Optional.empty();
        }
        List<WorkflowJob> failed = jobs(run, repository).stream()
                .filter(job -> failed(job.conclusion()))
                .toList();
        return Optional.of(
                failed.isEmpty()
                        ? new RunReport.Failure(Optional.empty(), Optional.empty(), List.of())
                        : of(failed, repository));
    }

    private static RunReport.Failure of(List<WorkflowJob> failed, RepositoryApi repository) {
        WorkflowJob first = failed.get(0);
        Optional<WorkflowJob.Step> step =
                first.steps().stream().filter(s -> failed(s.conclusion())).findFirst();
        List<String> others = failed.stream().skip(1).map(WorkflowJob::name).toList();
        try {
            List<String> log = repository.jobLogTail(first.id(), LOG_LINES);
            return new RunReport.Failure(Optional.of(first), step, log, others, Optional.empty());
        } catch (GitHubException e) {
            return new RunReport.Failure(Optional.of(first), step, List.of(), others, Optional.of(e.getMessage()));
        }
    }

    private static boolean failed(Optional<String> conclusion) {
        return conclusion.filter(c -> !HARMLESS.contains(c)).isPresent();
    }

    private static List<WorkflowJob> jobs(WorkflowRun run, RepositoryApi repository) {
        try {
            return repository.jobs(run.id());
        } catch (GitHubException e) {
            return List.of();
        }
    }
}
