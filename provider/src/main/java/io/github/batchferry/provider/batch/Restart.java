package io.github.batchferry.provider.batch;

import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.GitException;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubNotFoundException;
import io.github.batchferry.github.GitHubRateLimitException;
import io.github.batchferry.github.GitHubUnreachableException;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.connection.RunnerConnection;
import io.github.batchferry.provider.journal.JournalEvent;
import io.github.batchferry.provider.journal.LockedBatch;
import io.github.batchferry.wire.BatchId;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Starts a run again that ended without complete results. It is the same run with one more attempt, and the runner skips
 * the requests that are answered on the results branch. One that paused is left to {@link Continuing}.
 */
final class Restart {
    /** How long an unreachable GitHub is asked again: long enough for a network that is just coming up. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration BETWEEN = Duration.ofSeconds(5);

    /** One 404 may be a server that lags behind the others. */
    private static final Duration SECOND_OPINION = Duration.ofSeconds(10);

    private final Clock clock;
    private final Pause pause;
    private final Results results;
    private final RunSearch search;
    private final Continuing continuing;
    private final Delivery delivery;
    private final BatchListener listener;

    Restart(
            Clock clock,
            Pause pause,
            Results results,
            RunSearch search,
            Continuing continuing,
            Delivery delivery,
            BatchListener listener) {
        this.clock = clock;
        this.pause = pause;
        this.results = results;
        this.search = search;
        this.continuing = continuing;
        this.delivery = delivery;
        this.listener = listener;
    }

    /**
     * Starts the run again if it is over and its results are not complete.
     *
     * @param timeout longest time to wait for a GitHub that asks to wait
     */
    void enter(LockedBatch batch, BatchRun batchRun, RunnerConnection runner, Duration timeout)
            throws GitHubException, GitException, IOException, InterruptedException {
        Optional<WorkflowRun> run;
        try {
            run = look(batch.journal().id(), batchRun, timeout).filter(WorkflowRun::completed);
        } catch (GitHubNotFoundException e) {
            replace(batch, batchRun, runner, e);
            return;
        }
        if (run.isPresent() && mustRunAgain(batch, runner, run.get())) {
            delivery.again(batch, runner.git());
            runner.actions().rerun(run.get().id());
            batch.append(new JournalEvent.Restarted(clock.instant(), run.get().attempt()));
            listener.restarted(batch.journal().id(), run.get());
        }
    }

    /**
     * Finds the run that took the place of one that is gone, or has the batch dispatched once more.
     *
     * @param gone what a look at the run said; thrown if the repository or the workflow is gone as well
     */
    private void replace(LockedBatch batch, BatchRun batchRun, RunnerConnection runner, GitHubNotFoundException gone)
            throws GitHubException, IOException, InterruptedException {
        if (batchRun.belongsToAnother()) {
            throw gone;
        }
        pause.await(SECOND_OPINION);
        long lost = batch.progress().lastRunId();
        if (isThere(batchRun)) {
            return;
        }
        if (runner.actions().workflowState(runner.workflow()).isEmpty()) {
            throw gone;
        }
        Instant dispatched = batch.progress().prepared().at();
        Optional<WorkflowRun> other =
                search.look(runner, batch.journal().id(), new JournalEvent.Dispatching(dispatched, lost));
        if (other.isPresent()) {
            batch.append(new JournalEvent.Dispatched(
                    clock.instant(),
                    OptionalLong.of(other.get().id()),
                    Optional.of(other.get().htmlUrl().toString())));
            return;
        }
        batch.append(new JournalEvent.RunLost(clock.instant(), lost));
        listener.runLost(batch.journal().id(), lost);
    }

    private static boolean isThere(BatchRun run) throws GitHubException, IOException {
        try {
            run.look();
            return true;
        } catch (GitHubNotFoundException e) {
            return false;
        }
    }

    private Optional<WorkflowRun> look(BatchId batch, BatchRun run, Duration timeout)
            throws GitHubException, IOException, InterruptedException {
        Instant start = clock.instant();
        while (true) {
            try {
                return run.look();
            } catch (GitHubUnreachableException e) {
                waitAgain(batch, e, BETWEEN, start.plus(PATIENCE.compareTo(timeout) < 0 ? PATIENCE : timeout));
            } catch (GitHubRateLimitException e) {
                waitAgain(batch, e, e.waitTime(), start.plus(timeout));
            }
        }
    }

    private <E extends GitHubException> void waitAgain(BatchId batch, E failure, Duration wait, Instant end)
            throws E, InterruptedException {
        if (clock.instant().plus(wait).isAfter(end)) {
            throw failure;
        }
        listener.lookFailed(batch, failure.getMessage(), wait);
        pause.await(wait);
    }

    private boolean mustRunAgain(LockedBatch batch, RunnerConnection runner, WorkflowRun run)
            throws GitHubException, GitException, IOException, InterruptedException {
        if (isDealtWith(batch, runner, run)) {
            return false;
        }
        // of a batch that the workflow goes on with by itself, another run may be under way
        return !Continuing.byRunner(batch.journal()) || !continuing.adopt(batch, runner, run);
    }

    /** Whether all is answered, or the run paused and whoever watches the batch dispatches it again. */
    private boolean isDealtWith(LockedBatch batch, RunnerConnection runner, WorkflowRun run)
            throws GitException, IOException, InterruptedException {
        Optional<BranchSnapshot> branch =
                results.fetch(batch.journal(), runner.git(), Optional.of(run).filter(WorkflowRun::succeeded));
        if (branch.isEmpty()) {
            return false;
        }
        try (BranchSnapshot snapshot = branch.get()) {
            boolean paused = Results.progress(snapshot)
                    .filter(progress -> progress.isPauseOf(run.id(), run.attempt()) && !Continuing.wasCancelled(run))
                    .isPresent();
            return Results.complete(snapshot) || paused && !Continuing.byRunner(batch.journal());
        }
    }
}
