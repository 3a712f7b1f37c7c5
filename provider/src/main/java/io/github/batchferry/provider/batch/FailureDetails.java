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
        Optional<WorkflowJob> job = jobs(run, repository).stream()
                .filter(j -> failed(j.conclusion()))
                .findFirst();
        Optional<WorkflowJob.Step> step = job.flatMap(
                j -> j.steps().stream().filter(s -> failed(s.conclusion())).findFirst());
        return Optional.of(new RunReport.Failure(
                job, step, job.map(j -> log(j, repository)).orElse(List.of())));
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

    private static List<String> log(WorkflowJob job, RepositoryApi repository) {
        try {
            return repository.jobLogTail(job.id(), LOG_LINES);
        } catch (GitHubException e) {
            return List.of();
        }
    }
}
