package io.github.batchferry.provider.batch;

import io.github.batchferry.github.Dispatched;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.connection.RunnerConnection;
import io.github.batchferry.provider.journal.JournalEvent;
import io.github.batchferry.provider.journal.JournalEvent.Dispatching;
import io.github.batchferry.provider.journal.LockedBatch;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.PromptsArtifact;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The step dispatch: starts the run, at most once.
 *
 * <p>A dispatch cannot be repeated safely: two runs would pay for the same requests twice. So the intent is on the disk
 * before anything is sent, with the highest run id seen. Whoever finds an intent without an outcome (this client after a lost
 * answer, the next one after a kill) searches for a run of the batch's name and a higher id. Only when none has shown for
 * three minutes after the intent, by lists that were really read, did the dispatch not arrive, and a later entry into this
 * step sends it again. GitHub shows a run within seconds, so three minutes leave a wide margin; and should one still come
 * later, the workflow's concurrency group keeps the two from running side by side, and the second finds the requests
 * answered. An answer that says no (4xx) is certain at once and takes the intent back.
 */
final class Dispatch {
    private final Clock clock;
    private final BatchListener listener;
    private final RunSearch search;

    Dispatch(Clock clock, BatchListener listener, RunSearch search) {
        this.clock = clock;
        this.listener = listener;
        this.search = search;
    }

    /** Sees to it that GitHub has taken the dispatch. */
    void enter(LockedBatch batch, RunnerConnection runner, PromptsArtifact requests)
            throws GitHubException, IOException, InterruptedException {
        if (batch.progress().dispatched().isPresent()) {
            return;
        }
        Optional<Dispatching> unsure = batch.progress().dispatching();
        if (unsure.isEmpty() || !find(batch, runner, unsure.get())) {
            send(batch, runner, requests);
        }
    }

    private void send(LockedBatch batch, RunnerConnection runner, PromptsArtifact requests)
            throws GitHubException, IOException, InterruptedException {
        Target target = batch.progress().prepared().target();
        Map<String, String> inputs =
                DispatchInputs.of(batch.journal().sent().orElseThrow().manifest(), requests, target);
        String ref = ref(target, runner);
        Dispatching intent = new Dispatching(clock.instant(), highestRunId(runner));
        batch.append(intent);
        Dispatched answer;
        try {
            answer = runner.actions().dispatch(runner.workflow(), ref, inputs);
        } catch (GitHubException e) {
            if (certainlyRefused(e)) {
                batch.append(new JournalEvent.Refused(clock.instant(), e.getMessage()));
                throw explained(e, target);
            }
            if (find(batch, runner, intent)) {
                return;
            }
            throw e;
        }
        taken(batch, runner, intent, answer);
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
            throws GitHubException, IOException, InterruptedException {
        Optional<WorkflowRun> run = search.untilCertain(runner, batch.journal().id(), intent);
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

    /** The one refusal that says little to somebody who named no inputs. */
    private static GitHubException explained(GitHubException e, Target target) {
        boolean olderWorkflow = e.status() == 422 && e.getMessage().contains("Unexpected inputs");
        return olderWorkflow
                ? new GitHubException(
                        e.getMessage() + "; the workflow of target `" + target.name()
                                + "` is older than shards: replace it and .ferry/batch-runner.jar by those of this"
                                + " version, or remove shards from the target",
                        e.status(),
                        e)
                : e;
    }

    private static String ref(Target target, RunnerConnection runner) throws GitHubException {
        Optional<String> named = target instanceof Target.GitHubActions github ? github.ref() : Optional.empty();
        return named.isPresent() ? named.get() : runner.repository().defaultBranch();
    }

    private static long highestRunId(RunnerConnection runner) throws GitHubException {
        return runner.actions().recentRuns(runner.workflow()).stream()
                .mapToLong(WorkflowRun::id)
                .max()
                .orElse(0);
    }
}
