package io.github.batchferry.provider.batch;

import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.GitException;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.connection.RunnerConnection;
import io.github.batchferry.provider.journal.JournalEvent;
import io.github.batchferry.provider.journal.LockedBatch;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/**
 * Starts a run again that ended without complete results. It is the same run with one more attempt, and the runner skips
 * the requests that are answered on the results branch.
 */
final class Restart {
    private final Clock clock;
    private final Results results;
    private final BatchListener listener;

    Restart(Clock clock, Results results, BatchListener listener) {
        this.clock = clock;
        this.results = results;
        this.listener = listener;
    }

    /** Starts the run again if it is over and its results are not complete. */
    void enter(LockedBatch batch, BatchRun batchRun, RunnerConnection runner)
            throws GitHubException, GitException, IOException, InterruptedException {
        Optional<WorkflowRun> run = batchRun.look().filter(WorkflowRun::completed);
        if (run.isPresent() && !complete(batch, runner, run.get())) {
            runner.actions().rerun(run.get().id());
            batch.append(new JournalEvent.Restarted(clock.instant(), run.get().attempt()));
            listener.restarted(batch.journal().id(), run.get());
        }
    }

    private boolean complete(LockedBatch batch, RunnerConnection runner, WorkflowRun run)
            throws GitException, IOException, InterruptedException {
        Optional<BranchSnapshot> branch = results.fetch(batch.journal(), runner.git(), run.succeeded());
        if (branch.isEmpty()) {
            return false;
        }
        try (BranchSnapshot snapshot = branch.get()) {
            return Results.complete(snapshot);
        }
    }
}
