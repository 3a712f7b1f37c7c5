package io.github.batchferry.localgithub.rest.settings;

import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.StableId;
import io.github.batchferry.localgithub.store.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a job with an environment does: its deployment, which has the job's number.
 *
 * @param run it belongs to
 * @param job names an environment
 * @param creator login of who asked for the attempt
 */
record Deployment(RunRecord run, JobRecord job, String creator) {
    private static final Set<String> UNDER_WAY = Set.of("pending", "queued", "in_progress");

    /**
     * Where a deployment stood from some time on.
     *
     * @param id number that no other status of the deployment has
     * @param state GitHub's word
     * @param since when that began
     */
    record Step(long id, String state, Instant since) {
        /** Whether the job was over then. */
        boolean isOver() {
            return !UNDER_WAY.contains(state);
        }
    }

    /** Those of a run: jobs of all attempts, each once. */
    static List<Deployment> of(RunRecord run) {
        return run.attempts().stream()
                .flatMap(attempt -> attempt.jobs().stream()
                        .filter(job -> job.attempt() == attempt.number())
                        .filter(job -> job.environment() != null)
                        .map(job -> new Deployment(run, job, attempt.triggeringActor())))
                .toList();
    }

    long id() {
        return job.id();
    }

    boolean succeeded() {
        return job.conclusion() == Conclusion.SUCCESS;
    }

    /**
     * How it went, in the order of time.
     *
     * @param others all deployments of the repository: a later one that succeeds takes the place of this one
     */
    List<Step> steps(List<Deployment> others) {
        List<Step> steps = new ArrayList<>();
        steps.add(step(job.status() == Status.WAITING ? "pending" : "queued", job.createdAt()));
        // steps are known once the job has left the queue
        if (!job.steps().isEmpty() || job.status() == Status.IN_PROGRESS) {
            steps.add(step("in_progress", job.startedAt()));
        }
        if (job.over()) {
            steps.add(step(outcome(), job.completedAt()));
        }
        if (succeeded()) {
            replaced(others).ifPresent(when -> steps.add(step("inactive", when)));
        }
        return steps;
    }

    /** A cancelled deployment failed; one whose job never was to run is none any more. */
    private String outcome() {
        return switch (job.conclusion()) {
            case SUCCESS -> "success";
            case SKIPPED -> "inactive";
            default -> "failure";
        };
    }

    private Optional<Instant> replaced(List<Deployment> others) {
        return others.stream()
                .filter(other -> other.id() > id() && other.succeeded())
                .filter(other -> other.job.environment().equalsIgnoreCase(job.environment()))
                .map(other -> other.job.completedAt())
                .min(Instant::compareTo);
    }

    private Step step(String state, Instant since) {
        return new Step(StableId.of("deployment:" + id() + ":" + state), state, since);
    }
}
