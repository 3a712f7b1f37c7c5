package io.github.batchferry.provider.batch;

import io.github.batchferry.github.Dispatched;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubRateLimitException;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.batch.DispatchRefusedException.Reason;
import io.github.batchferry.provider.connection.RunnerConnection;
import io.github.batchferry.provider.journal.JournalEvent;
import io.github.batchferry.provider.journal.JournalEvent.Dispatching;
import io.github.batchferry.provider.journal.LockedBatch;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.PromptsArtifact;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The step dispatch: starts the run, at most once, by one call.
 *
 * <p>A dispatch cannot be repeated safely: two runs would pay for the same requests twice. So the intent is on the disk
 * before anything is sent, with the batch's last run, which the new one comes after. Whoever finds an intent without an
 * outcome (this client after a lost answer, the next one after a kill) searches for a run of the batch's name and a higher
 * id. Only when none has shown for three minutes after the intent, by lists that were really read, did the dispatch not
 * arrive, and it is sent once more. GitHub shows a run within seconds, so three minutes leave a wide margin; and should one
 * still come later, the workflow's concurrency group keeps the two from running side by side, and the second finds the
 * requests answered. An answer that says no (4xx) is certain at once and takes the intent back; a rate limit is waited for.
 */
final class Dispatch {
    /** How often one entry sends a dispatch whose answer is lost: once, and once more when it certainly did not arrive. */
    private static final int SENDS = 2;

    private final Clock clock;
    private final Pause pause;
    private final BatchListener listener;
    private final RunSearch search;

    Dispatch(Clock clock, Pause pause, BatchListener listener, RunSearch search) {
        this.clock = clock;
        this.pause = pause;
        this.listener = listener;
        this.search = search;
    }

    /**
     * Sees to it that GitHub has taken the dispatch.
     *
     * @throws DispatchRefusedException if GitHub certainly did not, with the reason
     * @throws DispatchUnsureException if its answer was lost, and it cannot be found out whether it did
     */
    void enter(LockedBatch batch, RunnerConnection runner, PromptsArtifact requests)
            throws GitHubException, IOException, InterruptedException {
        if (batch.progress().dispatched().isPresent()) {
            return;
        }
        Optional<Dispatching> unsure = batch.progress().dispatching();
        if (unsure.isEmpty() || !find(batch, runner, unsure.get())) {
            new Attempt(batch, runner, requests).send();
        }
    }

    /** One entry into the step. */
    private final class Attempt {
        private final LockedBatch batch;
        private final RunnerConnection runner;
        private final Target target;
        private final Map<String, String> inputs;
        private final Instant deadline;

        // Mutable state
        private int lost;
        private int limited;
        private boolean refRead;

        Attempt(LockedBatch batch, RunnerConnection runner, PromptsArtifact requests) throws IOException {
            this.batch = batch;
            this.runner = runner;
            this.target = batch.progress().prepared().target();
            this.inputs = DispatchInputs.of(batch.journal().sent().orElseThrow().manifest(), requests, target);
            this.deadline = clock.instant().plus(target.timeout());
        }

        void send() throws GitHubException, IOException, InterruptedException {
            while (batch.progress().dispatched().isEmpty()) {
                once(ref());
            }
        }

        private void once(String ref) throws GitHubException, IOException, InterruptedException {
            Dispatching intent =
                    new Dispatching(clock.instant(), batch.progress().lastRunId());
            batch.append(intent);
            try {
                taken(batch, runner, intent, runner.actions().dispatch(runner.workflow(), ref, inputs));
            } catch (GitHubRateLimitException e) {
                batch.append(new JournalEvent.Refused(clock.instant(), e.getMessage()));
                awaitLimit(e);
            } catch (GitHubException e) {
                if (certainlyRefused(e)) {
                    refused(e, ref);
                } else if (!find(batch, runner, intent) && ++lost >= SENDS) {
                    throw e;
                }
            }
        }

        private void awaitLimit(GitHubRateLimitException e) throws GitHubException, InterruptedException {
            Duration wait = e.waitTime(++limited);
            if (clock.instant().plus(wait).isAfter(deadline)) {
                throw e;
            }
            listener.dispatchDelayed(batch.journal().id(), e.getMessage(), wait);
            pause.await(wait);
        }

        private void refused(GitHubException e, String ref) throws GitHubException, IOException {
            batch.append(new JournalEvent.Refused(clock.instant(), e.getMessage()));
            GitHubException reason = DispatchDiagnosis.of(e, runner, target, ref);
            boolean oldRef = reason instanceof DispatchRefusedException known && known.reason() == Reason.REF;
            // the default branch may have been renamed since it was remembered
            if (!oldRef || refRead || !runner.repository().forget() || ref().equals(ref)) {
                throw reason;
            }
            refRead = true;
        }

        private String ref() throws GitHubException {
            Optional<String> named = target instanceof Target.GitHubActions github ? github.ref() : Optional.empty();
            return named.isPresent() ? named.get() : runner.repository().defaultBranch();
        }
    }

    private void taken(LockedBatch batch, RunnerConnection runner, Dispatching intent, Dispatched answer)
            throws IOException, InterruptedException {
        if (answer instanceof Dispatched.Run run) {
            note(batch, OptionalLong.of(run.runId()), Optional.of(run.htmlUrl().toString()));
        } else {
            note(batch, OptionalLong.empty(), Optional.empty());
            findIfPossible(batch, runner, intent);
        }
    }

    private void findIfPossible(LockedBatch batch, RunnerConnection runner, Dispatching intent)
            throws IOException, InterruptedException {
        try {
            find(batch, runner, intent);
        } catch (GitHubException e) {
            // the dispatch was taken, and whoever watches looks for the run again
            listener.lookFailed(batch.journal().id(), e.getMessage(), Duration.ZERO);
        }
    }

    private boolean find(LockedBatch batch, RunnerConnection runner, Dispatching intent)
            throws DispatchUnsureException, IOException, InterruptedException {
        Optional<WorkflowRun> run;
        try {
            run = search.untilCertain(runner, batch.journal().id(), intent);
        } catch (GitHubException e) {
            throw new DispatchUnsureException(e);
        }
        if (run.isPresent()) {
            note(
                    batch,
                    OptionalLong.of(run.get().id()),
                    Optional.of(run.get().htmlUrl().toString()));
        }
        return run.isPresent();
    }

    private void note(LockedBatch batch, OptionalLong runId, Optional<String> runUrl) throws IOException {
        boolean news = batch.progress().dispatched().isEmpty();
        batch.append(new JournalEvent.Dispatched(clock.instant(), runId, runUrl));
        if (news) {
            listener.dispatched(batch.journal().id());
        }
    }

    private static boolean certainlyRefused(GitHubException e) {
        return e.status() >= 300 && e.status() < 500;
    }
}
