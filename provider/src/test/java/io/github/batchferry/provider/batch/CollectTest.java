package io.github.batchferry.provider.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.GitException;
import io.github.batchferry.github.WorkflowJob;
import io.github.batchferry.github.testing.FakeDispatch;
import io.github.batchferry.provider.batch.BatchRecord.Phase;
import io.github.batchferry.provider.cli.output.FailureText;
import io.github.batchferry.provider.targets.Spread;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchOptions.Continuation;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectTest {
    private static final String PART = BatchFiles.responsesPart(0, 0);

    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void newWorld() {
        world = new World(folder);
    }

    @Test
    void responsesComeInRequestOrderByteForByte() throws Exception {
        BatchId id = submit(50);

        CollectedBatch collected = world.client().collect(id);

        assertThat(collected.complete()).isTrue();
        assertThat(collected.allSucceeded()).isTrue();
        assertThat(collected.requests()).isEqualTo(50);
        assertThat(collected.counts()).isEqualTo(Map.of(ResponseStatus.SUCCEEDED, 50L));
        assertThat(collected.usage()).isEqualTo(new TokenUsage(150, 100, 0, 0, 0));
        assertThat(collected.summary()).map(BatchSummary::total).contains(50L);
        assertThat(collected.branch()).isEqualTo("eval-results/" + id);
        assertThat(collected.commit()).isEqualTo(world.git.head(new BranchName(collected.branch())));
        assertThat(Files.readAllBytes(collected.responses())).isEqualTo(inOrder());
        BatchRecord record = world.client().record(id);
        assertThat(record.phase()).isEqualTo(Phase.COLLECTED);
        assertThat(record.responses()).contains(collected.responses());
        assertThat(record.directory())
                .isDirectoryContaining("glob:**/summary.json")
                .isDirectoryNotContaining("glob:**/responses.unsorted")
                .isDirectoryNotContaining("glob:**/*.new");
    }

    @Test
    void whatWasCollectedOnceNeedsNoGitHubAnyMore() throws Exception {
        BatchId id = submit(5);
        CollectedBatch collected = world.client().collect(id);
        world.git.delete(new BranchName(collected.branch()));
        world.git.failNextCalls(100, new GitException("cannot reach the server"));

        assertThat(world.client().collect(id)).isEqualTo(collected);
        int looks = world.github.looks();
        assertThat(world.client().status(id).run()).isEmpty();
        assertThat(world.github.looks()).isEqualTo(looks);
    }

    @Test
    void aLostFileIsFetchedAgain() throws Exception {
        BatchId id = submit(5);
        CollectedBatch collected = world.client().collect(id);
        Files.delete(collected.responses());

        assertThat(world.client().collect(id)).isEqualTo(collected);
        assertThat(collected.responses()).hasBinaryContent(inOrder());
    }

    @Test
    void theRequestsBranchGoesOnceEverythingIsHere() throws Exception {
        BatchId id = world.client()
                .submit(World.largeRequests(3, 60_000), World.TARGET, false)
                .batch();
        assertThat(world.git.branches()).contains("eval-batches/" + id);

        world.client().collect(id);

        assertThat(world.git.branches()).containsExactly("eval-results/" + id);
    }

    @Test
    void resultsThatTrailBehindASuccessfulRunAreWaitedFor() throws Exception {
        world.github.onDispatch(dispatch -> {
            world.github.finish(dispatch.runId(), "success");
            world.time.after(Duration.ofSeconds(20), () -> world.runner.answerAll(dispatch));
        });
        BatchId id = submit(5);

        assertThat(world.client().collect(id).complete()).isTrue();
        assertThat(world.time.elapsed()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
    }

    @Test
    void resultsThatNeverComeAreWaitedForOneMinute() throws Exception {
        world.github.onDispatch(dispatch -> world.github.finish(dispatch.runId(), "success"));
        BatchId id = submit(3);

        CollectedBatch collected = world.client().collect(id);

        assertThat(collected.complete()).isFalse();
        assertThat(collected.missingCount()).isEqualTo(3);
        assertThat(collected.missing()).containsExactly(id("r0"), id("r1"), id("r2"));
        assertThat(collected.commit()).isEmpty();
        assertThat(collected.responses()).isEmptyFile();
        assertThat(world.time.elapsed()).isEqualTo(Duration.ofSeconds(60));
        assertThat(world.client().record(id).phase()).isEqualTo(Phase.DISPATCHED);
    }

    @Test
    void aRunThatFailedIsNotWaitedFor() throws Exception {
        world.github.onDispatch(dispatch -> world.github.finish(dispatch.runId(), "failure"));

        assertThat(world.client().collect(submit(3)).missingCount()).isEqualTo(3);
        assertThat(world.time.elapsed()).isZero();
    }

    @Test
    void missingDuplicateAndUnknownResponsesAreNamed() throws Exception {
        world.github.onDispatch(dispatch -> {
            List<RequestLine> requests = world.runner.requests(dispatch);
            List<RequestLine> answered = new ArrayList<>(requests.subList(1, 4));
            answered.add(requests.get(2));
            answered.add(other("stranger"));
            world.runner.pushComplete(dispatch, Map.of(PART, FakeRunner.lines(dispatch, answered)));
            world.github.finish(dispatch.runId(), "success");
        });
        BatchId id = submit(5);

        CollectedBatch collected = world.client().collect(id);

        assertThat(collected.missing()).containsExactly(id("r0"), id("r4"));
        assertThat(collected.missingCount()).isEqualTo(2);
        assertThat(collected.duplicates()).containsExactly(id("r2"));
        assertThat(collected.unknown()).containsExactly(id("stranger"));
        assertThat(collected.count(ResponseStatus.SUCCEEDED)).isEqualTo(3);
        assertThat(Files.readAllLines(collected.responses())).hasSize(3);
        assertThat(world.client().record(id).phase()).isEqualTo(Phase.DISPATCHED);
    }

    @Test
    void whatDidNotFitIsRememberedWithTheCompleteResults() throws Exception {
        world.github.onDispatch(dispatch -> {
            List<RequestLine> answered = new ArrayList<>(world.runner.requests(dispatch));
            answered.add(answered.get(0));
            answered.add(other("stranger"));
            world.runner.pushComplete(dispatch, Map.of(PART, FakeRunner.lines(dispatch, answered)));
        });
        BatchId id = submit(2);

        CollectedBatch collected = world.client().collect(id);

        assertThat(collected.duplicates()).containsExactly(id("r0"));
        assertThat(collected.unknown()).containsExactly(id("stranger"));
        assertThat(world.client().collect(id)).isEqualTo(collected);
    }

    @Test
    void aLineCutOffIsLeftOutWhileTheRunnerIsStillWriting() throws Exception {
        world.github.onDispatch(dispatch -> {
            byte[] lines = FakeRunner.lines(dispatch, world.runner.requests(dispatch));
            world.runner.push(dispatch, Map.of(PART, Arrays.copyOf(lines, lines.length - 20)));
        });
        BatchId id = submit(3);

        CollectedBatch collected = world.client().collect(id);

        assertThat(collected.missing()).containsExactly(id("r2"));
        assertThat(collected.summary()).isEmpty();
        assertThat(Files.readAllLines(collected.responses())).hasSize(2);
    }

    @Test
    void aBrokenLineInTheMiddleIsAnError() throws Exception {
        world.github.onDispatch(dispatch -> {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            lines.writeBytes("{\"id\":\"x\"}\n".getBytes(UTF_8));
            lines.writeBytes(FakeRunner.lines(dispatch, world.runner.requests(dispatch)));
            world.runner.push(dispatch, Map.of(PART, lines.toByteArray()));
        });
        BatchId id = submit(3);

        assertThatThrownBy(() -> world.client().collect(id))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "cannot read `" + PART + "` line 1 on branch `eval-results/" + id + "`: missing");
        assertThat(world.client().record(id).responses()).isEmpty();
    }

    @Test
    void aPartThatIsNotWhatTheSummarySaysIsAnError() throws Exception {
        world.github.onDispatch(dispatch -> {
            byte[] lines = FakeRunner.lines(dispatch, world.runner.requests(dispatch));
            Map<String, byte[]> files = complete(dispatch, lines);
            byte[] changed = lines.clone();
            changed[lines.length - 10]++;
            files.put(PART, changed);
            world.runner.push(dispatch, files);
        });
        BatchId id = submit(3);

        assertThatThrownBy(() -> world.client().collect(id))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("`responses-000-0000.jsonl` on branch `eval-results/" + id
                        + "` has another sha-256: expected [0-9a-f]{64}, found [0-9a-f]{64}");
        assertThat(world.client().record(id).phase()).isEqualTo(Phase.DISPATCHED);
        assertThat(world.client().record(id).directory()).isDirectoryNotContaining("glob:**/responses*");
    }

    @Test
    void aPartThatIsCutOffIsAnErrorOnceTheSummaryIsThere() throws Exception {
        world.github.onDispatch(dispatch -> {
            byte[] lines = FakeRunner.lines(dispatch, world.runner.requests(dispatch));
            Map<String, byte[]> files = complete(dispatch, lines);
            files.put(PART, Arrays.copyOf(lines, lines.length - 1));
            world.runner.push(dispatch, files);
        });
        BatchId id = submit(3);

        assertThatThrownBy(() -> world.client().collect(id)).hasMessageContaining("has another size: expected");
    }

    @Test
    void aPartThatIsNotThereIsAnError() throws Exception {
        world.github.onDispatch(dispatch -> {
            Map<String, byte[]> files = complete(dispatch, new byte[0]);
            files.remove(PART);
            world.runner.push(dispatch, files);
        });
        BatchId id = submit(3);

        assertThatThrownBy(() -> world.client().collect(id))
                .hasMessage("cannot find `" + PART + "` on branch `eval-results/" + id + "`, which its summary names");
    }

    @Test
    void resultsOfOtherRequestsAreAnError() throws Exception {
        world.github.onDispatch(dispatch -> {
            BatchSummary summary = FakeRunner.summary(dispatch, Map.of());
            BatchSummary other = new BatchSummary(
                    summary.batchId(),
                    Sha256.of("other".getBytes(UTF_8)),
                    summary.counts(),
                    summary.parts(),
                    summary.usage(),
                    summary.costUsd(),
                    summary.startedAt(),
                    summary.finishedAt(),
                    summary.runId(),
                    summary.runAttempt(),
                    summary.runner());
            world.runner.push(
                    dispatch, Map.of(BatchFiles.SUMMARY, other.toJson().toByteArray()));
        });
        BatchId id = submit(3);

        assertThatThrownBy(() -> world.client().collect(id))
                .hasMessageStartingWith("`summary.json` on branch `eval-results/" + id
                        + "` has another sha-256 of the requests: expected ");
    }

    @Test
    void partialResultsAreNotLostWithTheirBranch() throws Exception {
        world.github.onDispatch(dispatch -> world.runner.push(
                dispatch,
                Map.of(
                        PART,
                        FakeRunner.lines(
                                dispatch, world.runner.requests(dispatch).subList(0, 2)))));
        BatchId id = submit(3);
        assertThat(world.client().collect(id).missingCount()).isEqualTo(1);
        world.git.delete(new BranchName("eval-results/" + id));

        CollectedBatch collected = world.client().collect(id);

        assertThat(collected.missing()).containsExactly(id("r2"));
        assertThat(Files.readAllLines(collected.responses())).hasSize(2);
    }

    @Test
    void aDividedBatchShowsWhatItsShardsHaveAnsweredSoFar() throws Exception {
        FakeDispatch[] dispatched = new FakeDispatch[1];
        world.github.onDispatch(dispatch -> dispatched[0] = dispatch);
        BatchId id = world.client().submit(World.requests(6), sharded(3), false).batch();
        List<RequestLine> requests = world.runner.requests(dispatched[0]);
        BranchName results = new BranchName("eval-results/" + id);
        // an earlier run joined the first two, the third shard has not begun
        world.git.put(results, Map.of(PART, FakeRunner.lines(dispatched[0], requests.subList(0, 2))));
        pushShard(results, "000", dispatched[0], List.of(requests.get(0), requests.get(3)));
        pushShard(results, "001", dispatched[0], List.of(requests.get(1), requests.get(4)));

        CollectedBatch collected = world.client().collect(id);

        assertThat(collected.missing()).containsExactly(id("r2"), id("r5"));
        assertThat(collected.duplicates()).isEmpty();
        assertThat(Files.readAllLines(collected.responses())).hasSize(4);
        assertThat(world.client().record(id).phase()).isEqualTo(Phase.DISPATCHED);
    }

    private void pushShard(BranchName results, String digits, FakeDispatch dispatch, List<RequestLine> answered) {
        byte[] lines = FakeRunner.lines(dispatch, answered);
        world.git.put(
                new BranchName(results + ".shard-" + digits),
                Map.of("responses-" + digits + "-0000.jsonl", Arrays.copyOf(lines, lines.length)));
    }

    private static Target.GitHubActions sharded(int shards) {
        return new Target.GitHubActions(
                "cloud",
                World.TARGET.server(),
                World.TARGET.repository(),
                World.TARGET.workflow(),
                Optional.empty(),
                World.TARGET.resultsPrefix(),
                Optional.empty(),
                World.TARGET.timeout(),
                Optional.empty(),
                Optional.empty(),
                new Spread(OptionalInt.of(shards), OptionalInt.empty(), Continuation.CLIENT),
                Optional.empty());
    }

    @Test
    void aSummaryOfARunFromBeforeTheDispatchIsAnError() throws Exception {
        world.github.addRun("run-evals.yml", "llm-batch other");
        world.github.onDispatch(dispatch -> {
            FakeDispatch earlier = new FakeDispatch(1001, dispatch.workflow(), dispatch.ref(), dispatch.inputs());
            world.runner.answerAll(earlier);
            world.github.finish(dispatch.runId(), "success");
        });
        BatchId id = submit(3);

        assertThatThrownBy(() -> world.client().collect(id))
                .hasMessage("`summary.json` on branch `eval-results/" + id
                        + "` was written by run 1001, attempt 1: expected a run after 1001, when the batch was"
                        + " dispatched");
    }

    @Test
    void everyFailedShardIsNamedAndALogThatCannotBeReadIsSaid() throws Exception {
        world.github.onDispatch(dispatch -> {
            world.github.setJobs(
                    dispatch.runId(),
                    IntStream.range(0, 7)
                            .mapToObj(n -> new WorkflowJob(
                                    n,
                                    "shard " + n,
                                    "completed",
                                    Optional.of(n == 1 ? "success" : "failure"),
                                    List.of()))
                            .toList());
            world.github.finish(dispatch.runId(), "failure");
        });
        RunReport report = world.client().status(submit(3));

        assertThat(report.failure())
                .map(failure -> failure.job().orElseThrow().name())
                .contains("shard 0");
        assertThat(report.failure().orElseThrow().alsoFailed())
                .containsExactly("shard 2", "shard 3", "shard 4", "shard 5", "shard 6");
        assertThat(FailureText.of(report)).contains("  also failed: shard 2; shard 3; shard 4; shard 5; and 1 more");
        RunReport.Failure unread = new RunReport.Failure(
                report.failure().get().job(), Optional.empty(), List.of(), List.of(), Optional.of("502"));
        assertThat(FailureText.of(new RunReport(report.batch(), report.run(), Optional.of(unread))))
                .contains("  its log cannot be read: 502");
    }

    @Test
    void manyMissingResponsesAreCountedAndTheFirstHundredNamed() throws Exception {
        world.github.onDispatch(dispatch -> {});
        CollectedBatch collected = world.client().collect(submit(250));

        assertThat(collected.missingCount()).isEqualTo(250);
        assertThat(collected.missing())
                .isEqualTo(IntStream.range(0, 100).mapToObj(i -> id("r" + i)).toList());
    }

    @Test
    void tenThousandRequestsComeBackInOrder() throws Exception {
        BatchId id = submit(12_000);

        CollectedBatch collected = world.client().collect(id);

        assertThat(collected.allSucceeded()).isTrue();
        assertThat(collected.responses()).hasBinaryContent(inOrder());
    }

    private static Map<String, byte[]> complete(FakeDispatch dispatch, byte[] lines) {
        Map<String, byte[]> files = new LinkedHashMap<>(Map.of(PART, lines));
        files.put(
                BatchFiles.SUMMARY, FakeRunner.summary(dispatch, files).toJson().toByteArray());
        return files;
    }

    private byte[] inOrder() {
        FakeDispatch dispatch = world.github.dispatches().get(0);
        return FakeRunner.lines(dispatch, world.runner.requests(dispatch));
    }

    private RequestLine other(String id) {
        return FakeRunner.parse(World.line(id).getBytes(UTF_8)).get(0);
    }

    private BatchId submit(int requests) throws Exception {
        return world.client()
                .submit(World.requests(requests), World.TARGET, false)
                .batch();
    }

    private static CustomId id(String value) {
        return new CustomId(value);
    }

    @Test
    void aBranchBegunAnewTakesNothingAwayThatWasCollected() throws Exception {
        FakeDispatch[] dispatched = new FakeDispatch[1];
        world.github.onDispatch(dispatch -> {
            dispatched[0] = dispatch;
            pushAnswers(dispatch, 0, 2);
        });
        BatchId id = submit(4);
        assertThat(world.client().collect(id).missing()).containsExactly(id("r2"), id("r3"));
        world.git.delete(new BranchName("eval-results/" + id));
        pushAnswers(dispatched[0], 2, 3);

        CollectedBatch collected = world.client().collect(id);

        assertThat(collected.missing()).containsExactly(id("r3"));
        assertThat(collected.duplicates()).isEmpty();
        assertThat(Files.readAllLines(collected.responses())).hasSize(3);
    }

    @Test
    void aDamagedFileIsFetchedAgain() throws Exception {
        BatchId id = submit(5);
        CollectedBatch collected = world.client().collect(id);
        byte[] damaged = inOrder();
        damaged[3] = 0;
        Files.write(collected.responses(), damaged);

        assertThat(world.client().collect(id)).isEqualTo(collected);
        assertThat(collected.responses()).hasBinaryContent(inOrder());
    }

    private void pushAnswers(FakeDispatch dispatch, int from, int to) {
        List<RequestLine> answered = world.runner.requests(dispatch).subList(from, to);
        world.runner.push(dispatch, Map.of(PART, FakeRunner.lines(dispatch, answered)));
    }
}
