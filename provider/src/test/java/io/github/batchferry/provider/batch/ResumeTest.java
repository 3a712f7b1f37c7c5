package io.github.batchferry.provider.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.github.GitHubRateLimitException;
import io.github.batchferry.github.GitHubUnreachableException;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.batch.BatchRecord.Phase;
import io.github.batchferry.provider.journal.BatchInUseException;
import io.github.batchferry.provider.journal.Journal;
import io.github.batchferry.provider.journal.LockedBatch;
import io.github.batchferry.wire.BatchId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {
    private static final long RUN = 1001;

    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void newWorld() {
        world = new World(folder);
    }

    @Test
    void aRunThatEndedWithoutResultsIsStartedAgainOnce() throws Exception {
        world.github.onDispatch(dispatch -> world.github.finish(dispatch.runId(), "failure"));
        BatchId id = submit();

        RunReport report = world.client().resume(id);

        assertThat(report.run()).map(WorkflowRun::attempt).contains(2);
        assertThat(report.failure()).isEmpty();
        assertThat(world.reruns).isEqualTo(1);
        assertThat(world.heard.words).containsOnlyOnce("restarted 1");
        assertThat(world.client().collect(id).allSucceeded()).isTrue();
        assertThat(world.github.dispatches()).hasSize(1);
    }

    @Test
    void aRunThatFailsAgainIsStartedOncePerCall() throws Exception {
        world.github.onDispatch(dispatch -> world.github.finish(dispatch.runId(), "failure"));
        world.github.onRerun(dispatch -> {
            world.reruns++;
            world.time.after(Duration.ofSeconds(40), () -> world.github.finish(dispatch.runId(), "failure"));
        });
        BatchId id = submit();

        assertThat(world.client().resume(id).failure()).isPresent();
        assertThat(world.reruns).isEqualTo(1);
        assertThat(world.client().resume(id).failure()).isPresent();
        assertThat(world.reruns).isEqualTo(2);
    }

    @Test
    void aRunStartedAgainThatStillShowsItsOldEndIsNotOver() throws Exception {
        world.github.onDispatch(dispatch -> world.github.finish(dispatch.runId(), "failure"));
        world.github.onRerun(dispatch -> {
            WorkflowRun[] restarted = new WorkflowRun[1];
            world.github.update(RUN, run -> {
                restarted[0] = run;
                return with(run, 1, "completed", Optional.of("failure"));
            });
            world.time.after(Duration.ofSeconds(10), () -> world.github.update(RUN, run -> restarted[0]));
            world.time.after(Duration.ofSeconds(60), () -> world.succeed(dispatch));
        });
        BatchId id = submit();

        RunReport report = world.client().resume(id);

        assertThat(report.run()).map(WorkflowRun::attempt).contains(2);
        assertThat(report.failure()).isEmpty();
    }

    @Test
    void aRunThatGoesOnIsOnlyWatched() throws Exception {
        world.github.onDispatch(dispatch -> world.time.after(Duration.ofMinutes(5), () -> world.succeed(dispatch)));
        BatchId id = submit();
        world.time.await(Duration.ofMinutes(1));

        assertThat(world.client().resume(id).over()).isTrue();
        assertThat(world.reruns).isZero();
    }

    @Test
    void completeResultsAreNotAskedForAgainWhateverTheRunSays() throws Exception {
        world.github.onDispatch(dispatch -> {
            world.runner.answerAll(dispatch);
            world.github.finish(dispatch.runId(), "cancelled");
        });
        BatchId id = submit();

        assertThat(world.client().resume(id).over()).isTrue();
        assertThat(world.reruns).isZero();
    }

    @Test
    void resultsThatTrailBehindASuccessfulRunAreWaitedForBeforeItIsStartedAgain() throws Exception {
        world.github.onDispatch(dispatch -> {
            world.github.finish(dispatch.runId(), "success");
            world.time.after(Duration.ofSeconds(15), () -> world.runner.answerAll(dispatch));
        });
        BatchId id = submit();

        world.client().resume(id);

        assertThat(world.reruns).isZero();
    }

    @Test
    void aCollectedBatchIsLeftAlone() throws Exception {
        world.github.onDispatch(dispatch -> {
            world.runner.answerAll(dispatch);
            world.github.finish(dispatch.runId(), "failure");
        });
        BatchId id = submit();
        world.client().collect(id);
        world.git.delete(Results.branch(new Journal(world.state).find(id).orElseThrow()));

        assertThat(world.client().resume(id).over()).isTrue();
        assertThat(world.reruns).isZero();
    }

    @Test
    void aDispatchThatCertainlyDidNotArriveIsSentAgain() throws Exception {
        world.github.failNextDispatch(new GitHubUnreachableException("cannot reach GitHub", 0, null));
        world.github.failNextDispatch(new GitHubUnreachableException("cannot reach GitHub", 0, null));
        assertThatThrownBy(this::submit).hasMessage("cannot reach GitHub");
        BatchId id = world.client().list().get(0).manifest().batchId();
        assertThat(world.client().status(id).run()).isEmpty();

        assertThat(world.client().resume(id).over()).isTrue();

        assertThat(world.github.dispatches()).hasSize(1);
        assertThat(world.client().record(id).phase()).isEqualTo(Phase.DISPATCHED);
    }

    @Test
    void lookingNeedsNoLockButSendingDoes() throws Exception {
        BatchId id = submit();
        Journal journal = new Journal(world.state);
        try (LockedBatch other = journal.find(id).orElseThrow().lock()) {
            assertThat(world.client().status(id).over()).isTrue();
            assertThat(world.client().watch(id).over()).isTrue();
            assertThatThrownBy(() -> world.client().resume(id))
                    .isInstanceOf(BatchInUseException.class)
                    .hasMessage("batch `" + id + "` is in use by another ferry process");
            assertThatThrownBy(() -> world.client().collect(id)).isInstanceOf(BatchInUseException.class);
            assertThat(other.progress().collected()).isEmpty();
        }
    }

    private BatchId submit() throws Exception {
        return world.client().submit(World.requests(4), World.TARGET, false).batch();
    }

    private static WorkflowRun with(WorkflowRun run, int attempt, String status, Optional<String> conclusion) {
        return new WorkflowRun(
                run.id(), attempt, run.displayTitle(), run.event(), status, conclusion, run.createdAt(), run.htmlUrl());
    }

    @Test
    void aGitHubThatCannotBeReachedAtFirstIsAskedAgain() throws Exception {
        world.github.onDispatch(dispatch -> world.github.finish(dispatch.runId(), "failure"));
        BatchId id = submit();
        world.github.failNextLooks(3, new GitHubUnreachableException("no answer from GitHub", 0, null));

        assertThat(world.client().resume(id).over()).isTrue();

        assertThat(world.reruns).isEqualTo(1);
        assertThat(world.heard.failedLooks).hasSize(3).allMatch(look -> look.equals("no answer from GitHub / PT5S"));
    }

    @Test
    void aGitHubThatStaysAwayEndsResumingAfterThreeMinutes() throws Exception {
        BatchId id = submit();
        GitHubUnreachableException unreachable = new GitHubUnreachableException("no answer from GitHub", 0, null);
        world.github.failNextLooks(1000, unreachable);

        assertThatThrownBy(() -> world.client().resume(id)).isSameAs(unreachable);

        assertThat(world.time.elapsed()).isBetween(Duration.ofSeconds(170), Duration.ofMinutes(3));
    }

    @Test
    void aRateLimitIsWaitedForAsLongAsGitHubAsksWithinTheTimeOut() throws Exception {
        BatchId id = submit();
        world.github.failNextLooks(1, new GitHubRateLimitException("slow down", 429, Duration.ofMinutes(20)));
        assertThat(world.client().resume(id).over()).isTrue();
        assertThat(world.time.elapsed()).isGreaterThanOrEqualTo(Duration.ofMinutes(20));

        GitHubRateLimitException tooLong = new GitHubRateLimitException("slow down", 429, Duration.ofMinutes(31));
        world.github.failNextLooks(1, tooLong);
        assertThatThrownBy(() -> world.client().resume(id)).isSameAs(tooLong);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 60})
    void theRunOfAnotherBatchIsNeverTakenForOurs(int secondsAfterwards) throws Exception {
        world.github.onDispatch(dispatch -> world.github.finish(dispatch.runId(), "failure"));
        BatchId id = submit();
        world.time.await(Duration.ofSeconds(secondsAfterwards));
        String title = "llm-batch 20260114-093000-aaaaaa";
        world.github.update(
                RUN,
                run -> new WorkflowRun(
                        run.id(),
                        1,
                        title,
                        run.event(),
                        run.status(),
                        run.conclusion(),
                        run.createdAt(),
                        run.htmlUrl()));

        assertThatThrownBy(() -> world.client().resume(id))
                .hasMessage("run 1001 is not that of batch `" + id + "` but `" + title
                        + "`; the runner repository was made anew, so send the requests again with --fresh");
        assertThat(world.reruns).isZero();
        assertThat(world.client().collect(id).missingCount()).isEqualTo(4);
    }

    @Test
    void aRunMayHaveANameOfTheRunnersOwn() throws Exception {
        world.github.nameRuns(inputs -> "Evals of the night");

        assertThat(world.client().resume(submit()).over()).isTrue();
    }
}
