package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch that is divided among the jobs of a matrix. */
class ShardsTest {
    private static final int REQUESTS = 20;
    private static final List<String> IDS =
            IntStream.range(0, REQUESTS).mapToObj(i -> "r-" + i).toList();

    @TempDir
    Path home;

    private SlowVendor vendor;
    private ServedRunner runner;

    @BeforeEach
    void start() throws IOException {
        vendor = new SlowVendor(Duration.ofMillis(100));
        runner = new ServedRunner(home, vendor);
        SlowVendor.writeRequests(home.resolve("requests.jsonl"), REQUESTS);
    }

    @AfterEach
    void stop() {
        runner.close();
        vendor.close();
    }

    private String batch() throws IOException {
        return FerryProcess.batches(home).get(0).getFileName().toString();
    }

    @Test
    void everyShardAnswersItsRequestsAndTheLastJobJoinsThem() throws Exception {
        runner.target("shard_size: 7");

        runner.ferry("run", "requests.jsonl", "--target", runner.targetName(), "-o", "out.jsonl")
                .expectExit(0);

        assertThat(ServedRunner.ids(home.resolve("out.jsonl"))).isEqualTo(IDS);
        vendor.assertAskedOnceEach(REQUESTS);
        assertThat(runner.resultBranches()).containsExactly("eval-results/" + batch());
        assertThat(runner.files("eval-results/" + batch()))
                .containsExactlyInAnyOrder(
                        "progress.json",
                        "responses-000-0000.jsonl",
                        "responses-001-0000.jsonl",
                        "responses-002-0000.jsonl",
                        "summary.json");
        assertThat(runner.repository()
                        .conclusions(runner.runs().get(0).path("id").asLong()))
                .isEqualTo(Map.of(
                        "Answer the batch, shard 0", "success",
                        "Answer the batch, shard 1", "success",
                        "Answer the batch, shard 2", "success",
                        "Join the shards", "success",
                        "Start the next run", "skipped"));
    }

    @Test
    void aShardThatFailedIsAnsweredByTheReRunAndTheOthersAreNotAskedAgain() throws Exception {
        runner.variant(
                "fragile.yml",
                Map.of("exec \"$jdk", "[ \"$FERRY_SHARD $GITHUB_RUN_ATTEMPT\" != \"1 1\" ]; exec \"$jdk"));
        runner.target("shards: 3", "workflow: fragile.yml");

        FerryProcess.Result first =
                runner.ferry("run", "requests.jsonl", "--target", runner.targetName(), "-o", "first.jsonl");

        assertThat(first.exit()).as("%s", first).isEqualTo(1);
        assertThat(ServedRunner.ids(home.resolve("first.jsonl")))
                .as("what the other shards answered is there: %s", first)
                .isEqualTo(IntStream.range(0, REQUESTS)
                        .filter(i -> i % 3 != 1)
                        .mapToObj(i -> "r-" + i)
                        .toList());
        assertThat(runner.files("eval-results/" + batch())).doesNotContain("summary.json");

        runner.ferry("resume", batch(), "-o", "out.jsonl").expectExit(0);

        assertThat(ServedRunner.ids(home.resolve("out.jsonl"))).isEqualTo(IDS);
        vendor.assertAskedOnceEach(REQUESTS);
        assertThat(runner.resultBranches()).containsExactly("eval-results/" + batch());
    }
}
