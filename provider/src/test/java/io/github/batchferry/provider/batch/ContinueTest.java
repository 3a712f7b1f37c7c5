package io.github.batchferry.provider.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.BranchWriter;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.github.testing.FakeDispatch;
import io.github.batchferry.provider.connection.RunnerConnection;
import io.github.batchferry.provider.input.RequestSource;
import io.github.batchferry.provider.journal.Journal;
import io.github.batchferry.provider.journal.JournalEvent;
import io.github.batchferry.provider.journal.LockedBatch;
import io.github.batchferry.provider.targets.Spread;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchOptions;
import io.github.batchferry.wire.BatchOptions.Continuation;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.RunProgress;
import io.github.batchferry.wire.RunProgress.State;
import io.github.batchferry.wire.Shard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContinueTest {
    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void aRunnerThatPausesOnce() {
        world = new World(folder);
        world.github.onDispatch(dispatch -> {
            if (world.github.dispatches().size() == 1) {
                pause(dispatch);
            } else {
                world.succeed(dispatch);
            }
        });
    }

    private static Target target(Spread spread) {
        Target.GitHubActions usual = World.TARGET;
        return new Target.GitHubActions(
                usual.name(),
                usual.server(),
                usual.repository(),
                usual.workflow(),
                usual.ref(),
                usual.resultsPrefix(),
                usual.pollInterval(),
                usual.timeout(),
                usual.tokenEnv(),
                usual.vendor(),
                spread,
                usual.maxCostUsd(),
                usual.savings(),
                usual.handover(),
                usual.app(),
                usual.waiting());
    }

    static final Target BY_RUNNER = target(new Spread(OptionalInt.empty(), OptionalInt.empty(), Continuation.RUNNER));

    private BatchId submit(Target target) throws Exception {
        return world.client().submit(World.requests(4), target, false).batch();
    }

    /** Answers one request and ends in order. */
    private void pause(FakeDispatch dispatch) {
        List<RequestLine> first = world.runner.requests(dispatch).subList(0, 1);
        world.runner.push(
                dispatch,
                Map.of(
                        BatchFiles.responsesPart(0, 7),
                        FakeRunner.lines(dispatch, first),
                        BatchFiles.PROGRESS,
                        progress(
                                dispatch,
                                dispatch.runId(),
                                State.PAUSED,
                                world.github.dispatches().size())));
        world.github.finish(dispatch.runId(), "success");
    }

    /** Another client dispatches the rest just before this one reads how the first run ended. */
    private GitRemote goneOnMeanwhile(BatchId id) {
        return new GitRemote() {
            // Mutable state
            private boolean done;

            @Override
            public Optional<String> head(BranchName branch) throws GitException {
                return world.git.head(branch);
            }

            @Override
            public Optional<BranchSnapshot> fetch(BranchName branch) throws GitException {
                if (!done) {
                    done = true;
                    goOn(id);
                }
                return world.git.fetch(branch);
            }

            @Override
            public BranchWriter write(BranchName branch) throws GitException {
                return world.git.write(branch);
            }

            @Override
            public BranchWriter create(BranchName branch) throws GitException {
                return world.git.create(branch);
            }

            @Override
            public void delete(BranchName branch) throws GitException {
                world.git.delete(branch);
            }
        };
    }

    private void goOn(BatchId id) {
        FakeDispatch first = world.github.dispatches().get(0);
        WorkflowRun run = world.github.addRun(first.workflow(), BatchFiles.runName(id));
        try (LockedBatch locked =
                new Journal(world.state).find(id).orElseThrow().lock()) {
            locked.append(new JournalEvent.Continued(world.time.instant(), 1001));
            locked.append(new JournalEvent.Dispatched(
                    world.time.instant(),
                    OptionalLong.of(run.id()),
                    Optional.of(run.htmlUrl().toString())));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        world.runner.push(first, Map.of(BatchFiles.PROGRESS, progress(first, run.id(), State.RUNNING)));
        world.time.after(Duration.ofMinutes(5), () -> {
            world.runner.answerAll(first);
            world.github.finish(run.id(), "success");
        });
    }

    private static byte[] progress(FakeDispatch dispatch, long run, State state) {
        return progress(dispatch, run, state, 1);
    }

    private static byte[] progress(FakeDispatch dispatch, long run, State state, long answered) {
        return new RunProgress(
                        FakeRunner.manifest(dispatch).batchId(),
                        Shard.WHOLE,
                        answered,
                        4,
                        state,
                        Optional.of("the time of the job was up"),
                        TestTime.START,
                        TestTime.START,
                        Optional.empty(),
                        run,
                        1,
                        0)
                .toJson()
                .toByteArray();
    }

    @Test
    void whatAnotherRunIsToAnswerIsNotAskedOnceMore() throws Exception {
        world.github.onDispatch(this::pause);
        BatchId id = submit(World.TARGET);

        assertNotRetried(id);
    }

    @Test
    void whatARunOfTheWorkflowAnswersMeanwhileIsNotAskedOnceMore() throws Exception {
        world.github.onDispatch(this::pause);
        BatchId id = submit(BY_RUNNER);
        FakeDispatch first = world.github.dispatches().get(0);
        WorkflowRun next = world.github.addRun(first.workflow(), BatchFiles.runName(id));

        assertNotRetried(id);

        assertThat(world.client().record(id).runId()).hasValue(next.id());
    }

    private void assertNotRetried(BatchId id) {
        assertThatThrownBy(() -> world.client().retryFailed(id, Optional.empty()))
                .isInstanceOf(NotRetriableException.class)
                .hasMessage("batch `" + id + "` is not over");
        assertThat(world.github.dispatches()).hasSize(1);
    }

    @Test
    void aBatchWhoseRunPausedIsDispatchedAgainByWhoeverWaits() throws Exception {
        BatchId id = submit(World.TARGET);

        RunReport report = world.client().watch(id);

        assertThat(world.github.dispatches()).hasSize(2);
        assertThat(world.github.dispatches().get(1).inputs())
                .isEqualTo(world.github.dispatches().get(0).inputs());
        assertThat(report.run()).map(WorkflowRun::id).contains(1002L);
        assertThat(world.heard.words).containsOnlyOnce("continued 1 of 4");
        assertThat(world.client().collect(id).allSucceeded()).isTrue();
        assertThat(world.reruns).isZero();
    }

    @Test
    void aClientThatComesLaterDispatchesTheRestToo() throws Exception {
        BatchId id = submit(World.TARGET);

        world.client().resume(id);

        assertThat(world.github.dispatches()).hasSize(2);
        assertThat(world.reruns).isZero();
        assertThat(world.client().collect(id).allSucceeded()).isTrue();
    }

    @Test
    void aClientKilledBetweenPauseAndDispatchDispatchesOnce() throws Exception {
        BatchId id = submit(World.TARGET);
        try (LockedBatch locked =
                new Journal(world.state).find(id).orElseThrow().lock()) {
            locked.append(new JournalEvent.Continued(world.time.instant(), 1001));
        }

        world.client().resume(id);

        assertThat(world.github.dispatches()).hasSize(2);
    }

    @Test
    void aLostAnswerToTheSecondDispatchIsNotSentAThirdTime() throws Exception {
        BatchId id = submit(World.TARGET);
        world.github.loseNextDispatchAnswer();

        world.client().watch(id);

        assertThat(world.github.dispatches()).hasSize(2);
        assertThat(world.client().record(id).runId()).hasValue(1002);
    }

    @Test
    void aRunThatPausesAgainAndAgainIsNotFollowedForEver() throws Exception {
        world.github.onDispatch(this::pause);
        BatchId id = submit(World.TARGET);

        RunReport report = world.client().watch(id);

        assertThat(report.over()).isTrue();
        assertThat(world.github.dispatches()).hasSize(21);
    }

    @Test
    void aRunThatStoppedOrFailedIsLeftToThePersonWhoLooks() throws Exception {
        world.github.onDispatch(dispatch -> {
            world.runner.push(
                    dispatch, Map.of(BatchFiles.PROGRESS, progress(dispatch, dispatch.runId(), State.STOPPED)));
            world.github.finish(dispatch.runId(), "failure");
        });
        BatchId id = submit(World.TARGET);

        assertThat(world.client().watch(id).over()).isTrue();

        assertThat(world.github.dispatches()).hasSize(1);
        assertThat(world.reruns).isZero();
    }

    @Test
    void thePauseOfAnEarlierRunIsNotTakenForOneOfThis() throws Exception {
        world.github.onDispatch(dispatch -> {
            world.runner.push(
                    dispatch, Map.of(BatchFiles.PROGRESS, progress(dispatch, dispatch.runId() - 1, State.PAUSED)));
            world.github.finish(dispatch.runId(), "success");
            world.time.after(Duration.ofSeconds(20), () -> world.runner.answerAll(dispatch));
        });
        BatchId id = submit(World.TARGET);

        world.client().watch(id);

        assertThat(world.github.dispatches()).hasSize(1);
        assertThat(world.client().collect(id).allSucceeded()).isTrue();
    }

    @Test
    void theRunThatTheWorkflowStartedIsFollowed() throws Exception {
        BatchId id = submit(BY_RUNNER);
        FakeDispatch first = world.github.dispatches().get(0);
        world.time.after(Duration.ofSeconds(10), () -> nextRun(first));

        RunReport report = world.client().watch(id);

        assertThat(report.run()).map(WorkflowRun::id).contains(1002L);
        assertThat(world.github.dispatches()).as("by this client").hasSize(1);
        assertThat(world.client().record(id).runId()).hasValue(1002);
        assertThat(world.client().collect(id).allSucceeded()).isTrue();
    }

    private void nextRun(FakeDispatch first) {
        long run = world.github
                .addRun(
                        first.workflow(),
                        BatchFiles.runName(FakeRunner.manifest(first).batchId()))
                .id();
        world.runner.answerAll(first);
        world.github.finish(run, "success");
    }

    @Test
    void resumeFollowsTheRunThatTheWorkflowStarted() throws Exception {
        BatchId id = submit(BY_RUNNER);
        FakeDispatch first = world.github.dispatches().get(0);
        world.github.addRun(first.workflow(), BatchFiles.runName(id));
        world.time.after(Duration.ofMinutes(2), () -> {
            world.runner.answerAll(first);
            world.github.finish(1002, "success");
        });

        RunReport report = world.client().resume(id);

        assertThat(report.run()).map(WorkflowRun::id).contains(1002L);
        assertThat(world.reruns).isZero();
        assertThat(world.github.dispatches()).hasSize(1);
    }

    @Test
    void whereTheWorkflowStartedNoRunResumeStartsTheOldOneAgain() throws Exception {
        BatchId id = submit(BY_RUNNER);

        assertThat(world.client().watch(id).over()).isTrue();
        assertThat(world.github.dispatches()).hasSize(1);
        world.client().resume(id);

        assertThat(world.reruns).isEqualTo(1);
        assertThat(world.client().collect(id).allSucceeded()).isTrue();
    }

    @Test
    void aClientThatLooksAfterAnotherWentOnFollowsItsRun() throws Exception {
        BatchId id = submit(World.TARGET);
        JournaledBatches slow = world.client(
                world.time,
                usual -> new RunnerConnection(
                        usual.actions(), usual.repository(), goneOnMeanwhile(id), usual.workflow()));

        RunReport report = slow.watch(id);

        assertThat(report.run()).map(WorkflowRun::id).contains(1002L);
        assertThat(slow.collect(id).allSucceeded()).isTrue();
        assertThat(world.github.dispatches()).as("by this client").hasSize(1);
    }

    @Test
    void aRunThatWasCancelledIsNotGoneOnWithThoughAShardPaused() throws Exception {
        world.github.onDispatch(dispatch -> {
            pause(dispatch);
            world.github.finish(dispatch.runId(), "cancelled");
        });
        BatchId id = submit(World.TARGET);

        assertThat(world.client().watch(id).over()).isTrue();

        assertThat(world.github.dispatches()).hasSize(1);
        assertThat(world.reruns).isZero();
    }

    @Test
    void resumeStartsACancelledRunAgainThoughAShardPaused() throws Exception {
        world.github.onDispatch(dispatch -> {
            pause(dispatch);
            world.github.finish(dispatch.runId(), "cancelled");
        });
        BatchId id = submit(World.TARGET);

        world.client().resume(id);

        assertThat(world.reruns).isEqualTo(1);
        assertThat(world.client().collect(id).allSucceeded()).isTrue();
    }

    @Test
    void afterAPauseThatAnsweredNothingNewNoRunIsStarted() throws Exception {
        world.github.onDispatch(dispatch -> {
            world.runner.push(
                    dispatch, Map.of(BatchFiles.PROGRESS, progress(dispatch, dispatch.runId(), State.PAUSED, 1)));
            world.github.finish(dispatch.runId(), "success");
        });
        BatchId id = submit(World.TARGET);

        world.client().watch(id);

        assertThat(world.github.dispatches()).as("the first answered one").hasSize(2);
        assertThat(world.heard.words).containsOnlyOnce("no progress at 1 of 4");
    }

    @Test
    void aPauseWithNothingAnsweredIsLeftToThePersonWhoResumes() throws Exception {
        world.github.onDispatch(dispatch -> {
            if (world.github.dispatches().size() == 1) {
                world.runner.push(
                        dispatch, Map.of(BatchFiles.PROGRESS, progress(dispatch, dispatch.runId(), State.PAUSED, 0)));
                world.github.finish(dispatch.runId(), "success");
            } else {
                world.succeed(dispatch);
            }
        });
        BatchId id = submit(World.TARGET);

        world.client().watch(id);
        assertThat(world.github.dispatches()).hasSize(1);
        world.client().resume(id);

        assertThat(world.github.dispatches()).hasSize(2);
        assertThat(world.client().collect(id).allSucceeded()).isTrue();
    }

    @Test
    void shardsAreInputsOnlyWhereThereAreSeveral() throws Exception {
        submit(World.TARGET);
        submit(target(new Spread(OptionalInt.of(3), OptionalInt.empty(), Continuation.CLIENT)));

        assertThat(world.github.dispatches().get(0).inputs())
                .doesNotContainKeys(BatchFiles.INPUT_SHARDS, BatchFiles.INPUT_CONTINUATION);
        world = new World(folder.resolve("other"));
        submit(target(new Spread(OptionalInt.empty(), OptionalInt.of(3), Continuation.CLIENT)));
        assertThat(world.github.dispatches().get(0).inputs()).containsEntry(BatchFiles.INPUT_SHARDS, "[0,1]");
    }

    @Test
    void whatTheCacheLeavesIsDividedByItsOwnNumber() throws Exception {
        Submission cached = new Submission(false, true, BatchOptions.STANDARD);
        world.github.onDispatch(world::succeed);
        BatchId first = world.client().submit(asking(4), World.TARGET, cached).batch();
        world.client().watch(first);
        world.client().collect(first);
        world.github.onDispatch(dispatch -> {});

        world.client()
                .submit(
                        asking(6),
                        target(new Spread(OptionalInt.of(5), OptionalInt.empty(), Continuation.CLIENT)),
                        cached);
        world.client()
                .submit(
                        asking(7),
                        target(new Spread(OptionalInt.empty(), OptionalInt.of(2), Continuation.CLIENT)),
                        cached);

        assertThat(world.github.dispatches().get(1).inputs()).containsEntry(BatchFiles.INPUT_SHARDS, "[0,1]");
        assertThat(world.github.dispatches().get(2).inputs()).containsEntry(BatchFiles.INPUT_SHARDS, "[0,1]");
    }

    /** Requests that differ in what they ask. */
    private static RequestSource asking(int count) {
        return World.source(IntStream.range(0, count)
                .mapToObj(i -> World.line("r" + i).replace("hello", "hello " + i))
                .collect(Collectors.joining()));
    }

    @Test
    void anOlderWorkflowIsExplained() {
        world.github.failNextDispatch(
                new GitHubException("cannot dispatch: 422: Unexpected inputs provided: [\"shards\"]", 422));

        assertThatThrownBy(
                        () -> submit(target(new Spread(OptionalInt.of(3), OptionalInt.empty(), Continuation.CLIENT))))
                .isInstanceOf(GitHubException.class)
                .hasMessageContaining("if they are older than shards, remove shards from target `cloud`");
    }
}
