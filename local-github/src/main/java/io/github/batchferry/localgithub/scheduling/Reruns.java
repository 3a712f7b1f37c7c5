package io.github.batchferry.localgithub.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.expression.ExpressionException;
import io.github.batchferry.localgithub.scheduling.plan.PlannedWorkflow;
import io.github.batchferry.localgithub.scheduling.plan.RerunSelection;
import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Decides what a further attempt of a run consists of. */
final class Reruns {
    private static final int MOST = 50;
    private static final Duration OLDEST = Duration.ofDays(30);
    private static final Set<Conclusion> FAILED =
            Set.of(Conclusion.FAILURE, Conclusion.CANCELLED, Conclusion.TIMED_OUT);

    private final RunStore runs;
    private final RunContexts contexts;
    private final Clock clock;

    Reruns(RunStore runs, RunContexts contexts, Clock clock) {
        this.runs = runs;
        this.contexts = contexts;
        this.clock = clock;
    }

    /**
     * Which jobs are to run again.
     *
     * @param all whether all are, and the workflow files of other repositories are looked up anew
     * @param again the jobs of the latest attempt that are to; those that wait for them do too
     */
    record Extent(boolean all, Predicate<JobRecord> again) {
        static final Extent ALL = new Extent(true, job -> true);
    }

    /** The extent of a re-run of what failed or was cancelled. */
    static Extent failed(RunRecord run) throws RunRefusedException {
        Predicate<JobRecord> failed = job -> FAILED.contains(job.conclusion());
        if (run.latest().conclusion() == Conclusion.SUCCESS
                && run.latest().jobs().stream().noneMatch(failed)) {
            throw new RunRefusedException(
                    "Unable to retry this workflow run because it was not attempted with failed jobs.");
        }
        return new Extent(false, failed);
    }

    /** The extent of a re-run of one job of any attempt. */
    static Extent job(RunRecord run, long id) throws RunRefusedException {
        JobRecord wanted = run.attempts().stream()
                .flatMap(attempt -> attempt.job(id).stream())
                .findFirst()
                .orElseThrow(() -> new RunRefusedException("Unable to find the job " + id + " in this workflow run"));
        return new Extent(false, job -> job.key().equals(wanted.key()));
    }

    /**
     * Refuses what may not run again.
     *
     * @throws RunRefusedException in GitHub's words
     */
    void check(RunRecord run) throws RunRefusedException {
        if (run.createdAt().plus(OLDEST).isBefore(clock.instant())) {
            throw new RunRefusedException("Unable to retry this workflow run because it was created over a month ago");
        }
        if (run.attempts().size() > MOST) {
            throw new RunRefusedException(
                    "Unable to retry this workflow run because it was retried " + MOST + " times already");
        }
    }

    /** Puts a further attempt on record, with the jobs that it takes over. */
    RunRecord attempt(RunRecord run, PlannedWorkflow planned, JsonNode event, Extent extent, RerunRequest request)
            throws RunRefusedException {
        List<JobRecord> kept = extent.all
                ? List.of()
                : RerunSelection.takenOver(planned, run.latest().jobs(), extent.again);
        try {
            return runs.update(run.id(), before -> contexts.named(next(before, kept, request), planned, event));
        } catch (ExpressionException e) {
            throw new RunRefusedException(e.getMessage());
        }
    }

    /** Puts an attempt on record that cannot begin, because its workflow files are of no use any more. */
    void unusable(RunRecord run, RerunRequest request) {
        runs.update(
                run.id(),
                before -> next(before, List.of(), request)
                        .withLatest(attempt -> attempt.ended(Conclusion.STARTUP_FAILURE, clock.instant())));
    }

    private RunRecord next(RunRecord before, List<JobRecord> kept, RerunRequest request) {
        int number = before.latest().number() + 1;
        return before.withAttempt(AttemptRecord.created(number, request.actor(), kept, clock.instant())
                .telling(request.debug()));
    }
}
