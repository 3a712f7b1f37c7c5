package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.faults.Fault;
import io.github.batchferry.localgithub.faults.FaultRule;
import io.github.batchferry.workflow.RunnerRepositoryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code kill -9} of the client while a call is under way, each in turn; GitHub carries the call out after the death. Gone on
 * with, the batch ends as if nothing had happened, and was dispatched once.
 */
class KilledAtEveryStepTest {
    /** Long enough to be killed in, short enough to be found out by the search for the run. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(2);

    private static final String DISPATCHES = "/repos/*/*/actions/workflows/*/dispatches";
    private static final String RUNS = "/repos/*/*/actions/workflows/*/runs";

    @TempDir
    Path home;

    private RunnerRepositories runners;

    @BeforeEach
    void start() throws IOException {
        runners = new RunnerRepositories(home);
        runners.github.commit(
                "acme",
                "eval-runner",
                "Install",
                Map.of(
                        ".github/workflows/run-evals.yml", RunnerRepositoryFiles.workflow(),
                        ".ferry/batch-runner.jar", RunnerRepositoryFiles.batchRunnerJar(),
                        ".ferry/vendors.yaml", RunnerRepositoryFiles.vendors()));
    }

    @AfterEach
    void stop() throws IOException {
        runners.close();
    }

    /** What only some versions of the client ask is allowed to pass by; what every client must ask is not. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "GET,  /repos/*/*,                              false",
        "GET,  /repos/*/*/contents/**,                  false",
        "GET,  /repos/*/*/actions/workflows/*/runs,     false",
        "POST, /repos/*/*/actions/workflows/*/dispatches, true",
        "GET,  /repos/*/*/actions/runs/*,               true",
        "POST, /*/*/git-upload-pack,                    true"
    })
    void aBatchWithinTheDispatch(String method, String path, boolean always) throws Exception {
        Files.writeString(home.resolve("requests.jsonl"), requests(3, 20));
        delay(method, path);

        killInCallAndGoOn(3, always);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"GET, /*/*/info/refs", "POST, /*/*/git-receive-pack"})
    void aBatchOnABranch(String method, String path) throws Exception {
        Files.writeString(home.resolve("requests.jsonl"), requests(20, 6_000));
        delay(method, path);

        killInCallAndGoOn(20, true);
    }

    @ParameterizedTest(name = "{1} after the lost answer to {0}")
    @CsvSource(DISPATCHES + ", " + RUNS)
    void whileTheRunOfALostDispatchIsSearchedFor(String dispatches, String runs) throws Exception {
        Files.writeString(home.resolve("requests.jsonl"), requests(3, 20));
        runners.github.faults().add(FaultRule.times(1, "POST", dispatches, new Fault.LostAnswer()));
        FerryProcess client = startRun();
        await("the lost answer").atMost(Duration.ofSeconds(60)).until(() -> hits() == 1);

        client.kill();

        goOn(3);
    }

    private void delay(String method, String path) {
        runners.github.faults().add(FaultRule.times(1, method, path, new Fault.Latency(UNDER_WAY)));
    }

    private int hits() {
        return runners.github.faults().hits().size();
    }

    private FerryProcess startRun() {
        return runners.start("run", "requests.jsonl", "--target", RunnerRepositories.TARGET, "-o", "out.jsonl");
    }

    private void killInCallAndGoOn(int requests, boolean always) throws Exception {
        FerryProcess client = startRun();
        await("the call, or the end")
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> hits() == 1 || !client.isAlive());
        assertThat(hits() == 1 || !always)
                .as("the call was made: %s", client.snapshot(-1))
                .isTrue();
        client.kill();

        goOn(requests);
    }

    /** A client that was killed before it had written anything left nothing to go on with. */
    private void goOn(int requests) throws Exception {
        Files.deleteIfExists(home.resolve("out.jsonl"));
        List<Path> batches = Files.exists(home.resolve(".ferry/batches")) ? FerryProcess.batches(home) : List.of();
        FerryProcess.Result result = batches.isEmpty()
                ? startRun().result()
                : runners.ferry("resume", batches.get(0).getFileName().toString(), "-o", "out.jsonl");
        result.expectExit(0);

        List<String> answers = new ArrayList<>();
        for (JsonNode response : CapitalsTest.lines(home.resolve("out.jsonl"))) {
            answers.add(response.path("custom_id").asText() + " "
                    + response.path("status").asText() + " "
                    + response.path("attempts").asInt());
        }
        assertThat(answers).hasSize(requests);
        for (int i = 0; i < requests; i++) {
            assertThat(answers.get(i)).isEqualTo("r-" + i + " succeeded 1");
        }
        assertThat(runners.repository.api().all(runners.repository.path("/actions/runs"), "workflow_runs"))
                .as("dispatches")
                .hasSize(1)
                .allMatch(run -> run.path("run_attempt").asInt() == 1);
    }

    /** Prompts of letters that cannot be packed well. */
    private static String requests(int count, int letters) {
        Random random = new Random(7);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            StringBuilder prompt = new StringBuilder();
            random.ints(letters, 'a', 'z' + 1).forEach(prompt::appendCodePoint);
            lines.append("{\"id\":\"r-%d\",\"prompt\":\"%s\",\"model\":\"echo/echo-1\"}\n".formatted(i, prompt));
        }
        return lines.toString();
    }
}
