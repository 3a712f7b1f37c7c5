package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Responses that come back as an artifact of the run, from the shipped workflow and batch runner. */
class ResultsArtifactTest {
    private static final int REQUESTS = 12;
    private static final List<String> IDS =
            IntStream.range(0, REQUESTS).mapToObj(i -> "r-" + i).toList();

    @TempDir
    Path home;

    private SlowVendor vendor;
    private ServedRunner runner;

    @BeforeEach
    void start() throws IOException {
        vendor = new SlowVendor(Duration.ofMillis(10));
        runner = new ServedRunner(home, vendor);
        SlowVendor.writeRequests(home.resolve("requests.jsonl"), REQUESTS);
    }

    @AfterEach
    void stop() {
        runner.close();
        vendor.close();
    }

    @Test
    void theResponsesOfARunComeFromItsArtifact() throws Exception {
        runner.target("results_artifact: true");

        collectFromTheArtifact();
    }

    @Test
    void theResponsesOfShardsComeFromTheArtifactOfTheJobThatJoinsThem() throws Exception {
        runner.target("results_artifact: true", "shards: 2");

        collectFromTheArtifact();
    }

    private void collectFromTheArtifact() throws Exception {
        FerryProcess.Result result = runner.ferry(
                        "run", "requests.jsonl", "--target", runner.targetName(), "-o", "out.jsonl")
                .expectExit(0);

        assertThat(ServedRunner.ids(home.resolve("out.jsonl"))).isEqualTo(IDS);
        vendor.assertAskedOnceEach(REQUESTS);
        // a branch would be named with its commit
        assertThat(result.out()).containsPattern("branch +none");
    }
}
