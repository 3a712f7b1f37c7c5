package io.github.batchferry.runner.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchOptions;
import io.github.batchferry.wire.PromptsArtifact;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.Shard;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobReaderTest {
    private static final BatchManifest MANIFEST = new BatchManifest(
            new BatchId("20260115-093000-k3p7qa"),
            Instant.parse("2026-01-15T09:30:00Z"),
            1,
            3,
            Sha256.of(new byte[3]),
            Optional.empty(),
            "test");

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> inputs = new HashMap<>();

    @BeforeEach
    void aWholeJob() {
        environment.put("GITHUB_EVENT_PATH", folder.resolve("event.json").toString());
        environment.put("GITHUB_TOKEN", "ghs_abc");
        environment.put("GITHUB_SERVER_URL", "http://127.0.0.1:8080/");
        environment.put("GITHUB_REPOSITORY", "octo/runner.x");
        environment.put("GITHUB_RUN_ID", "42");
        environment.put("GITHUB_RUN_ATTEMPT", "2");
        environment.put("GITHUB_WORKSPACE", folder.toString());
        environment.put("RUNNER_TEMP", folder.toString());
        inputs.put("batch_id", MANIFEST.batchId().value());
        inputs.put("manifest", MANIFEST.toJson().toString());
        inputs.put("prompts_artifact", "inline:AAAA");
    }

    private Job read() throws IOException, InvalidInputException {
        Files.write(folder.resolve("event.json"), JsonSupport.MAPPER.writeValueAsBytes(Map.of("inputs", inputs)));
        return JobReader.read(environment);
    }

    @Test
    void readsAJob() throws Exception {
        Job job = read();

        assertThat(job.manifest()).isEqualTo(MANIFEST);
        assertThat(job.prompts()).isEqualTo(new PromptsArtifact.Inline(new byte[3]));
        assertThat(job.resultsBranch()).hasToString("eval-results/20260115-093000-k3p7qa");
        assertThat(job.repository()).isEqualTo(URI.create("http://127.0.0.1:8080/octo/runner.x.git"));
        assertThat(job.runId()).isEqualTo(42);
        assertThat(job.runAttempt()).isEqualTo(2);
        assertThat(job.summaryPage()).isEmpty();
        assertThat(job.toString()).doesNotContain("ghs_abc");
    }

    @Test
    void takesAnotherPrefixOfTheResultsBranch() throws Exception {
        inputs.put("results_branch", "team/evals");

        assertThat(read().resultsBranch()).hasToString("team/evals/20260115-093000-k3p7qa");
    }

    @Test
    void reportsAllThatIsMissingAtOnce() throws IOException {
        assertThatThrownBy(() -> JobReader.read(Map.of()))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems())
                                .extracting("path")
                                .containsExactly(
                                        "GITHUB_EVENT_PATH",
                                        "GITHUB_TOKEN",
                                        "GITHUB_SERVER_URL",
                                        "GITHUB_REPOSITORY",
                                        "GITHUB_RUN_ID",
                                        "GITHUB_RUN_ATTEMPT",
                                        "GITHUB_WORKSPACE",
                                        "RUNNER_TEMP"));
    }

    @Test
    void reportsAllThatIsMalformedAtOnce() {
        environment.put("GITHUB_SERVER_URL", "ftp://x");
        environment.put("GITHUB_REPOSITORY", "a/b/c");
        environment.put("GITHUB_RUN_ID", "0");
        environment.put("GITHUB_RUN_ATTEMPT", "99999999999");
        environment.put("RUNNER_TEMP", folder.resolve("none").toString());
        inputs.put("batch_id", "../x");
        inputs.put("manifest", "{}");
        inputs.remove("prompts_artifact");

        assertThatThrownBy(this::read)
                .hasMessageContaining("workflow inputs $.batch_id: invalid batch id `../x`")
                .hasMessageContaining("workflow inputs $.manifest: missing $.schema_version")
                .hasMessageContaining("workflow inputs $.prompts_artifact: missing")
                .hasMessageContaining(
                        "environment GITHUB_SERVER_URL: expected an http or https address, found `ftp://x`")
                .hasMessageContaining("environment GITHUB_REPOSITORY: expected owner/name, found `a/b/c`")
                .hasMessageContaining("environment GITHUB_RUN_ID: expected a number from 1, found `0`")
                .hasMessageContaining("environment GITHUB_RUN_ATTEMPT: ")
                .hasMessageContaining("environment RUNNER_TEMP: expected a folder");
    }

    @Test
    void noInputBecomesABranchNameUnchecked() {
        inputs.put("results_branch", "a b");

        assertThatThrownBy(this::read)
                .hasMessageContaining("workflow inputs $.results_branch: invalid branch name `a b/");
    }

    @Test
    void refusesRequestsOfAnotherBatch() {
        inputs.put("prompts_artifact", "branch:eval-batches/20260115-093000-zzzzzz@" + "a".repeat(40));

        assertThatThrownBy(this::read)
                .hasMessage("workflow inputs $.prompts_artifact: names the requests of batch"
                        + " `20260115-093000-zzzzzz`, expected `20260115-093000-k3p7qa`");
    }

    @Test
    void refusesAnEventWithoutInputs() throws IOException {
        Files.writeString(folder.resolve("event.json"), "{\"inputs\":null}");
        assertThatThrownBy(() -> JobReader.read(environment))
                .hasMessage("workflow inputs: missing in the event file; start this program by workflow_dispatch");

        Files.writeString(folder.resolve("event.json"), "{");
        assertThatThrownBy(() -> JobReader.read(environment)).hasMessageContaining("GITHUB_EVENT_PATH: not valid JSON");
    }

    private void divide(int shards) {
        BatchManifest divided = new BatchManifest(
                MANIFEST.batchId(),
                MANIFEST.createdAt(),
                10,
                3,
                MANIFEST.requestsSha256(),
                Optional.empty(),
                "test",
                new BatchOptions(Optional.empty(), false, shards, BatchOptions.Continuation.RUNNER));
        inputs.put("manifest", divided.toJson().toString());
        inputs.put("shards", BatchFiles.shards(shards));
    }

    @Test
    void everyTaskRefusesShardsThatAreNotThoseOfTheManifest() {
        environment.put("FERRY_SHARD", "0");
        for (String task : List.of("", "join", "next")) {
            environment.put("FERRY_TASK", task);
            for (String other : List.of("[ 0 ]", "[0,1]", "[0,0]", " [0]", "[]", "")) {
                inputs.put("shards", other);
                assertThatThrownBy(this::read)
                        .as(task + other)
                        .hasMessage("workflow inputs $.shards: is `" + other
                                + "`, expected `[0]`, the shards of the manifest");
            }
        }
        divide(2);
        inputs.remove("shards");
        assertThatThrownBy(this::read).hasMessageContaining("$.shards: is `[0]`, expected `[0,1]`");
    }

    @Test
    void blanksAroundTheBatchIdAreRefusedSinceTheWorkflowQueuesByItsVeryText() {
        inputs.put("batch_id", " " + MANIFEST.batchId());

        assertThatThrownBy(this::read).hasMessageContaining("workflow inputs $.batch_id: invalid batch id ` 2026");
    }

    @Test
    void anUndividedBatchIsAnsweredWholeWhateverTheWorkflowSays() throws Exception {
        assertThat(read().task()).isEqualTo(new Job.Answer(Shard.WHOLE));

        environment.put("FERRY_SHARD", "0");
        assertThat(read().task()).isEqualTo(new Job.Answer(Shard.WHOLE));
    }

    @Test
    void aLegAnswersItsShardOnABranchOfItsOwn() throws Exception {
        divide(3);
        environment.put("FERRY_SHARD", "2");

        Job job = read();

        assertThat(job.task()).isEqualTo(new Job.Answer(new Shard(2, 3)));
        assertThat(job.branch(new Shard(2, 3))).hasToString(job.resultsBranch() + ".shard-002");
    }

    @Test
    void aShardThatIsNotThereIsRefused() {
        divide(3);
        for (String wrong : List.of("3", "-1", "{}", "0x1", "join")) {
            environment.put("FERRY_SHARD", wrong);
            assertThatThrownBy(this::read).as(wrong).hasMessageContaining("environment FERRY_SHARD: ");
        }
        environment.remove("FERRY_SHARD");
        assertThatThrownBy(this::read).hasMessageContaining("the batch is divided among 3 shards; update the workflow");
    }

    @Test
    void readsTheOtherTasks() throws Exception {
        environment.put("FERRY_TASK", "join");
        assertThat(read().task()).isEqualTo(new Job.Join());

        environment.put("FERRY_TASK", "next");
        assertThat(read().task()).isEqualTo(new Job.Next());

        environment.put("FERRY_TASK", "$(x)");
        assertThatThrownBy(this::read).hasMessageContaining("expected join, next or nothing, found `$(x)`");
    }

    @Test
    void readsTheDeadline() throws Exception {
        assertThat(read().deadline()).isEqualTo(Deadline.NONE);

        environment.put("FERRY_DEADLINE", "330m");
        environment.put("FERRY_JOB_STARTED", "1768469400");
        assertThat(read().deadline())
                .isEqualTo(new Deadline(
                        Optional.of(Duration.ofMinutes(330)), Optional.of(Instant.parse("2026-01-15T09:30:00Z"))));

        environment.put("FERRY_CHECKPOINT", "often");
        environment.put("FERRY_DEADLINE", "soon");
        environment.put("FERRY_JOB_STARTED", "now");
        assertThatThrownBy(this::read)
                .hasMessageContaining("environment FERRY_CHECKPOINT: expected a duration such as")
                .hasMessageContaining("environment FERRY_DEADLINE: expected a duration such as")
                .hasMessageContaining("environment FERRY_JOB_STARTED: expected seconds since 1970");
    }

    @Test
    void noTimeAtAllIsRefused() {
        environment.put("FERRY_CHECKPOINT", "0s");
        environment.put("FERRY_DEADLINE", "0m");

        assertThatThrownBy(this::read)
                .hasMessageContaining("environment FERRY_CHECKPOINT: expected more than nothing, found `0s`")
                .hasMessageContaining("environment FERRY_DEADLINE: expected more than nothing, found `0m`");
    }

    @Test
    void saysWhoGoesOn() throws Exception {
        assertThat(read().whoContinues()).contains("the client that waits");

        divide(1);
        inputs.put("continuation", "9");
        assertThat(read().whoContinues()).isEqualTo("the workflow starts the next run by itself");

        inputs.put("continuation", "10");
        assertThat(read().whoContinues()).contains("has started 10 runs by itself and starts no more");
    }

    @Test
    void theNextDispatchHasTheSameInputsAndOneMoreContinuation() throws Exception {
        divide(2);
        environment.put("FERRY_TASK", "next");
        environment.put("GITHUB_REF_NAME", "release/\"1");
        inputs.put("continuation", "3");

        JsonNode body = JsonSupport.MAPPER.readTree(Files.readAllBytes(NextDispatch.write(read(), environment)));

        assertThat(body.path("ref").asText()).isEqualTo("release/\"1");
        Map<String, String> expected = new HashMap<>(inputs);
        expected.put("continuation", "4");
        JsonNode same = JsonSupport.MAPPER.valueToTree(expected);
        assertThat(body.path("inputs")).isEqualTo(same);
    }

    @Test
    void thereIsNoNextDispatchAfterTheLast() throws Exception {
        inputs.put("continuation", "10");
        divide(2);
        environment.put("FERRY_TASK", "next");
        Job job = read();

        assertThatThrownBy(() -> NextDispatch.write(job, environment)).hasMessageContaining("starts no more");
        inputs.put("continuation", "a[$(id)]");
        assertThatThrownBy(this::read).hasMessageContaining("$.continuation: expected a number from 0");
    }
}
