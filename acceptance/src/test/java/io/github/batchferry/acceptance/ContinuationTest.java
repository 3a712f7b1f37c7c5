package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Batches that outlive a job: it stops by itself in time, and another run answers the rest. The vendor takes longer for an
 * answer than the job has time, so that each run answers what it asks at once and nothing else, however busy the machine is.
 */
class ContinuationTest {
    private static final int REQUESTS = 16;
    private static final List<String> IDS =
            IntStream.range(0, REQUESTS).mapToObj(i -> "r-" + i).toList();

    @TempDir
    Path home;

    private SlowVendor vendor;
    private ServedRunner runner;

    @BeforeEach
    void aWorkflowWhoseJobsHaveLittleTime() throws IOException {
        vendor = new SlowVendor(Duration.ofSeconds(9));
        runner = new ServedRunner(home, vendor);
        // counted from the runner's start, so that a busy machine does not use the time up before anything is asked
        runner.variant(
                "hasty.yml", Map.of("FERRY_DEADLINE: 330m", "FERRY_DEADLINE: 7s", "FERRY_JOB_STARTED=", "UNUSED="));
        SlowVendor.writeRequests(home.resolve("requests.jsonl"), REQUESTS);
    }

    @AfterEach
    void stop() {
        runner.close();
        vendor.close();
    }

    private Path batch() throws IOException {
        return FerryProcess.batches(home).get(0);
    }

    private long dispatches() throws IOException {
        return Files.readAllLines(batch().resolve("journal.jsonl")).stream()
                .filter(event -> event.contains("\"dispatching\""))
                .count();
    }

    private void assertAnsweredInSeveralRuns(int atLeast) throws IOException {
        assertThat(ServedRunner.ids(home.resolve("out.jsonl"))).isEqualTo(IDS);
        vendor.assertAskedOnceEach(REQUESTS);
        assertThat(runner.runs())
                .hasSizeGreaterThanOrEqualTo(atLeast)
                .allSatisfy(run -> assertThat(run.path("conclusion").asText()).isEqualTo("success"));
    }

    @Test
    void theClientDispatchesTheRestByItself() throws Exception {
        runner.target("workflow: hasty.yml");

        FerryProcess.Result result = runner.ferry(
                        "run", "requests.jsonl", "--target", runner.targetName(), "-o", "out.jsonl")
                .expectExit(0);

        assertAnsweredInSeveralRuns(2);
        assertThat(dispatches()).isEqualTo(runner.runs().size());
        assertThat(result.err()).contains("another run goes on with the rest");
    }

    @Test
    void aKilledClientIsFollowedByOneThatGoesOn() throws Exception {
        runner.target("workflow: hasty.yml");
        FerryProcess client = runner.start("run", "requests.jsonl", "--target", runner.targetName());
        await("the first run pauses, without a client")
                .atMost(Duration.ofSeconds(60))
                .until(() -> !vendor.calls().isEmpty());
        client.kill();
        runner.repository().awaitSuccess(runner.runs().get(0).path("id").asLong());

        runner.ferry("resume", batch().getFileName().toString(), "-o", "out.jsonl")
                .expectExit(0);

        assertAnsweredInSeveralRuns(2);
        assertThat(runner.runs())
                .allSatisfy(run -> assertThat(run.path("run_attempt").asInt()).isOne());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theWorkflowDispatchesTheRestByItselfAndTheClientFollows(int shards) throws Exception {
        runner.target("workflow: hasty.yml", "continue: runner", "shards: " + shards);

        runner.ferry("run", "requests.jsonl", "--target", runner.targetName(), "-o", "out.jsonl")
                .expectExit(0);

        assertAnsweredInSeveralRuns(2);
        assertThat(dispatches()).as("by the client").isOne();
        List<JsonNode> runs = runner.runs();
        assertThat(runner.repository()
                        .job(runs.get(runs.size() - 1).path("id").asLong(), "Start the next run")
                        .path("conclusion")
                        .asText())
                .isEqualTo("success");
    }
}
