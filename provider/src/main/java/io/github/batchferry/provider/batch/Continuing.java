package io.github.batchferry.provider.batch;

import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.connection.RunnerConnection;
import io.github.batchferry.provider.journal.BatchInUseException;
import io.github.batchferry.provider.journal.BatchJournal;
import io.github.batchferry.provider.journal.BatchProgress;
import io.github.batchferry.provider.journal.JournalEvent;
import io.github.batchferry.provider.journal.JournalEvent.Dispatched;
import io.github.batchferry.provider.journal.JournalEvent.Dispatching;
import io.github.batchferry.provider.journal.LockedBatch;
import io.github.batchferry.wire.BatchOptions.Continuation;
import io.github.batchferry.wire.RunProgress;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The step continue: sees to it that a batch whose run paused before the time limit of its job is gone on with. The client
 * dispatches it again, by the rules of {@link Dispatch}; or, where that is left to the workflow, it finds the run that the
 * workflow started.
 */
final class Continuing {
    private static final int FETCHES = 3;
    private static final Duration BETWEEN = Duration.ofSeconds(5);

    private final Clock clock;
    private final Pause pause;
    private final Results results;
    private final RunSearch search;
    private final Sending sending;
    private final BatchListener listener;

    Continuing(Clock clock, Pause pause, Results results, RunSearch search, Sending sending, BatchListener listener) {
        this.clock = clock;
        this.pause = pause;
        this.results = results;
        this.search = search;
        this.sending = sending;
        this.listener = listener;
    }

    /**
     * Goes on with a batch if its run paused, and was not cancelled then.
     *
     * @param ended the run, which is over
     * @param advance what earlier runs answered, so that one that answered nothing new is the last
     * @return whether there is a newer run to be watched
     */
    boolean enter(BatchJournal batch, RunnerConnection runner, WorkflowRun ended, Advance advance)
            throws GitHubException, IOException, InterruptedException {
        Optional<RunProgress> left = leftBy(ended, batch, runner.git());
        if (left.isEmpty()) {
            return false;
        }
        if (hasOtherRun(batch.progress(), ended)) {
            // another client went on meanwhile
            return true;
        }
        if (wasCancelled(ended) || !getsOn(batch, ended, left.get(), advance)) {
            return false;
        }
        return byRunner(batch) ? follow(batch, runner, ended, left.get()) : send(batch, runner, ended, left.get());
    }

    /** Whether somebody ended the run; shards that paused before say so all the same, and nobody wants them to go on. */
    static boolean wasCancelled(WorkflowRun run) {
        return run.conclusion().filter("cancelled"::equals).isPresent();
    }

    private boolean getsOn(BatchJournal batch, WorkflowRun ended, RunProgress left, Advance advance)
            throws IOException {
        boolean paused = left.isPauseOf(ended.id(), ended.attempt());
        // a vendor's batch takes hours, and jobs that wait for it answer nothing
        boolean waits = batch.manifest().options().economy();
        boolean stuck = paused && !advance.by(left) && !waits;
        if (stuck) {
            listener.notContinued(batch.id(), left);
        }
        return !stuck;
    }

    /** Whether the workflow itself starts the next run of a batch. */
    static boolean byRunner(BatchJournal batch) {
        return batch.manifest().options().continuation() == Continuation.RUNNER;
    }

    /**
     * Looks once for a newer run of the batch, and takes it for the batch's run from now on.
     *
     * @return whether there is one
     */
    boolean adopt(LockedBatch batch, RunnerConnection runner, WorkflowRun ended) throws GitHubException, IOException {
        Optional<WorkflowRun> next = search.look(runner, batch.journal().id(), after(ended));
        if (next.isPresent()) {
            batch.append(dispatched(next.get()));
        }
        return next.isPresent();
    }

    /** What cannot be read now is no reason to give the batch up: whoever collects it says what is wrong. */
    private Optional<RunProgress> leftBy(WorkflowRun ended, BatchJournal batch, GitRemote git)
            throws IOException, InterruptedException {
        for (int attempt = 1; attempt <= FETCHES; attempt++) {
            try {
                return results.leftBy(ended, batch, git);
            } catch (GitException e) {
                listener.lookFailed(batch.id(), e.getMessage(), BETWEEN);
                pause.await(BETWEEN);
            }
        }
        return Optional.empty();
    }

    private boolean send(BatchJournal batch, RunnerConnection runner, WorkflowRun ended, RunProgress left)
            throws GitHubException, IOException, InterruptedException {
        if (!left.isPauseOf(ended.id(), ended.attempt())) {
            return false;
        }
        try (LockedBatch locked = batch.lock()) {
            if (isRunOf(locked.progress(), ended)) {
                locked.append(new JournalEvent.Continued(clock.instant(), ended.id()));
                listener.continued(batch.id(), left);
            }
            sending.enter(locked, runner);
        } catch (BatchInUseException e) {
            // another client does the same; its run is the one to watch
            pause.await(BETWEEN);
        } catch (GitException e) {
            throw new IOException("cannot deliver the requests once more: " + e.getMessage(), e);
        }
        return true;
    }

    /** Another client may have gone on already; then the batch has another run by now, or is about to. */
    private static boolean isRunOf(BatchProgress progress, WorkflowRun run) {
        OptionalLong current = progress.dispatched().map(Dispatched::runId).orElse(OptionalLong.empty());
        return current.isPresent() && current.getAsLong() == run.id();
    }

    private static boolean hasOtherRun(BatchProgress progress, WorkflowRun run) {
        OptionalLong current = progress.dispatched().map(Dispatched::runId).orElse(OptionalLong.empty());
        return current.isPresent() && current.getAsLong() != run.id();
    }

    private boolean follow(BatchJournal batch, RunnerConnection runner, WorkflowRun ended, RunProgress left)
            throws GitHubException, IOException, InterruptedException {
        if (!left.isPauseOf(ended.id(), ended.attempt()) && left.runId() <= ended.id()) {
            return false;
        }
        Optional<WorkflowRun> next = search.untilCertain(runner, batch.id(), after(ended));
        if (next.isEmpty()) {
            return false;
        }
        listener.continued(batch.id(), left);
        try (LockedBatch locked = batch.lock()) {
            locked.append(dispatched(next.get()));
        } catch (BatchInUseException e) {
            // another client finds it as well
            pause.await(BETWEEN);
        }
        return true;
    }

    private Dispatching after(WorkflowRun ended) {
        return new Dispatching(clock.instant(), ended.id());
    }

    private Dispatched dispatched(WorkflowRun run) {
        return new Dispatched(
                clock.instant(),
                OptionalLong.of(run.id()),
                Optional.of(run.htmlUrl().toString()));
    }
}
