package io.github.batchferry.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.GitException;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchOptions;
import io.github.batchferry.wire.BatchOptions.Continuation;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.RunProgress.State;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.Shard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One job for each shard, then the one that joins them, as the workflow starts them. */
class ShardedBatchTest {
    private static final int SHARDS = 3;
    private static final List<String> REQUESTS = IntStream.range(0, 10)
            .mapToObj(i -> TestJob.echo("r-" + i, "text " + i))
            .toList();

    @TempDir
    Path folder;

    private TestJob job;

    @BeforeEach
    void aDividedBatch() throws IOException {
        job = new TestJob(folder.resolve("job")).requests(REQUESTS, options(SHARDS));
    }

    private static BatchOptions options(int shards) {
        return new BatchOptions(Optional.empty(), false, shards, Continuation.CLIENT);
    }

    private static BranchName branch(int shard) {
        return new BranchName(
                BatchFiles.shardBranch(BatchFiles.DEFAULT_RESULTS_PREFIX, TestJob.BATCH, new Shard(shard, SHARDS)));
    }

    private int answer(int shard) throws IOException {
        return job.variable("FERRY_TASK", "")
                .variable("FERRY_SHARD", Integer.toString(shard))
                .run();
    }

    private int join() throws IOException {
        return job.variable("FERRY_TASK", "join").run();
    }

    private void answerAll() throws IOException {
        for (int shard = 0; shard < SHARDS; shard++) {
            assertThat(answer(shard)).as(job.printed()).isEqualTo(ExitCode.OK);
        }
    }

    private static List<String> answers(TestJob job) {
        return job.responses().stream()
                .sorted(Comparator.comparing(response -> response.customId().value()))
                .map(response -> response.id() + " " + response.text() + " " + response.status())
                .toList();
    }

    private void assertComplete() throws IOException {
        TestJob undivided = new TestJob(folder.resolve("undivided")).requests(REQUESTS);
        undivided.run();
        assertThat(answers(job)).isEqualTo(answers(undivided));
        BatchSummary summary = job.summary().orElseThrow();
        assertThat(summary.total()).isEqualTo(REQUESTS.size());
        for (BatchSummary.Part part : summary.parts()) {
            byte[] bytes = job.remote().read(TestJob.RESULTS, part.name()).orElseThrow();
            assertThat(part.sha256()).isEqualTo(Sha256.of(bytes));
        }
        assertThat(job.progress().state()).isEqualTo(State.COMPLETE);
        assertThat(job.remote().branches()).containsExactly(TestJob.RESULTS.value());
    }

    @Test
    void joinedShardsAreWhatOneJobWouldHaveAnswered() throws IOException {
        answerAll();
        assertThat(job.remote().read(TestJob.RESULTS, BatchFiles.PROGRESS)).isEmpty();
        assertThat(job.progress(branch(1)).total()).isEqualTo(3);

        assertThat(join()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertComplete();
        assertThat(job.summary().orElseThrow().parts())
                .extracting(BatchSummary.Part::name)
                .containsExactly("responses-000-0000.jsonl", "responses-001-0000.jsonl", "responses-002-0000.jsonl");
        assertThat(job.remote().messages(TestJob.RESULTS))
                .as("one commit")
                .containsExactly("batch " + TestJob.BATCH + ": all 10 responses, 0 without success");
        assertThat(job.outputs()).isEmpty();
    }

    @Test
    void everyShardAsksForItsOwnRequestsOnly() throws IOException {
        answer(2);

        byte[] part = job.remote().read(branch(2), "responses-002-0000.jsonl").orElseThrow();
        assertThat(TestJob.responses(part))
                .extracting(ResponseLine::customId)
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("r-2", "r-5", "r-8");
        assertThat(job.remote().messages(branch(2)))
                .containsExactly("batch " + TestJob.BATCH + ", shard 2 of 3: 3 of 3 responses");
    }

    @Test
    void aShardThatIsMissingIsNamedAndTheOthersAreKept() throws IOException {
        answer(0);
        answer(2);

        assertThat(join()).isEqualTo(ExitCode.FAILED);

        assertThat(job.printed()).contains("7 of 10 responses; shard 1 left nothing; re-run all jobs");
        assertThat(job.summary()).isEmpty();
        assertThat(job.responses()).hasSize(7);
        assertThat(job.progress().state()).isEqualTo(State.STOPPED);
        assertThat(job.remote().branches()).containsExactly(TestJob.RESULTS.value());
    }

    @Test
    void theNextRunAnswersOnlyTheRest() throws IOException {
        answer(0);
        answer(2);
        join();
        List<String> first = job.remote().paths(TestJob.RESULTS).stream()
                .filter(BatchFiles::isResponsesPart)
                .toList();

        answerAll();
        assertThat(join()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertComplete();
        assertThat(job.responses()).as("none twice").hasSize(REQUESTS.size());
        assertThat(job.remote().paths(TestJob.RESULTS))
                .containsAll(first)
                .filteredOn(BatchFiles::isResponsesPart)
                .hasSize(3);
    }

    @Test
    void aShardThatPausedLeavesTheBatchPaused() throws IOException {
        answer(0);
        answer(1);
        noTimeLeft();
        assertThat(answer(2)).isEqualTo(ExitCode.OK);

        assertThat(join()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(job.progress().state()).isEqualTo(State.PAUSED);
        assertThat(job.progress().answered()).isEqualTo(7);
        assertThat(job.outputs()).as("of the join").isEqualTo("paused=true\n");

        job.variable("FERRY_DEADLINE", "").variable("GITHUB_RUN_ID", "43");
        answerAll();
        assertThat(join()).as(job.printed()).isEqualTo(ExitCode.OK);
        assertComplete();
        assertThat(job.summary().orElseThrow().runId()).isEqualTo(43);
    }

    private void noTimeLeft() {
        job.variable("FERRY_DEADLINE", "330m").variable("FERRY_JOB_STARTED", "1000");
    }

    @Test
    void shardsThatPausedWithNothingNewStartNoOtherRun() throws IOException {
        answer(0);
        noTimeLeft();
        answer(1);
        answer(2);
        join();
        assertThat(job.outputs()).isEqualTo("paused=true\n");

        job.variable("GITHUB_RUN_ID", "43");
        for (int shard = 0; shard < SHARDS; shard++) {
            answer(shard);
        }
        assertThat(join()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(job.outputs()).as("nothing more").isEqualTo("paused=true\n");
        assertThat(job.progress().state()).isEqualTo(State.PAUSED);
        assertThat(job.printed())
                .contains("paused with 4 of 10 requests answered")
                .contains("nothing new");
    }

    @Test
    void thePauseOfAnEarlierAttemptDoesNotHideAShardThatFailed() throws IOException {
        answer(0);
        answer(1);
        noTimeLeft();
        answer(2);
        job.remote().failNextPushes(2, new GitException("cannot reach `github.com`"));
        assertThat(join()).as("its shards stay").isEqualTo(ExitCode.FAILED);

        job.variable("GITHUB_RUN_ATTEMPT", "2").variable("FERRY_DEADLINE", "");
        answer(0);
        answer(1);

        assertThat(join()).as("shard 2 left nothing new").isEqualTo(ExitCode.FAILED);
        assertThat(job.progress().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void joiningAgainChangesNothing() throws IOException {
        answerAll();
        join();
        int pushes = job.remote().pushes();

        assertThat(join()).isEqualTo(ExitCode.OK);
        answerAll();

        assertThat(job.remote().pushes()).isEqualTo(pushes);
        assertComplete();
    }

    @Test
    void shardsAreKeptUntilTheyAreJoined() throws IOException {
        answerAll();
        job.remote().failNextPushes(2, new GitException("cannot reach `github.com`"));
        assertThat(join()).isEqualTo(ExitCode.FAILED);
        assertThat(job.remote().branches())
                .containsExactlyInAnyOrder(
                        branch(0).value(), branch(1).value(), branch(2).value());

        assertThat(join()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertComplete();
    }

    @Test
    void joiningABatchThatIsNotDividedLeavesItsResultsWhereTheyAre() throws IOException {
        job.requests(REQUESTS);
        assertThat(answer(0)).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(join()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(job.responses()).hasSize(REQUESTS.size());
        assertThat(job.summary()).isPresent();
    }

    @Test
    void aShardWithoutRequestsHasNothingToDo() throws IOException {
        job.requests(REQUESTS.subList(0, 2), options(SHARDS));

        answerAll();
        assertThat(join()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(job.printed()).contains("answered 0 of 0 (100%)");
        assertThat(job.responses()).hasSize(2);
    }

    @Test
    void branchesOfAnotherDivisionAreRefused() throws IOException {
        answer(0);
        byte[] progress = job.remote().read(branch(0), BatchFiles.PROGRESS).orElseThrow();
        TestJob other = new TestJob(folder.resolve("other")).requests(REQUESTS, options(4));
        other.remote().put(branch(0), Map.of(BatchFiles.PROGRESS, progress));

        assertThat(other.variable("FERRY_SHARD", "0").run()).isEqualTo(ExitCode.FAILED);

        assertThat(other.printed()).contains("was begun with 3 shards, expected 4");
    }
}
