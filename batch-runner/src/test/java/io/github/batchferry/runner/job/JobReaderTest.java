package io.github.batchferry.runner.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.PromptsArtifact;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
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
}
