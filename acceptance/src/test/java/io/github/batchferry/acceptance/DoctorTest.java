package io.github.batchferry.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.batchferry.workflow.RunnerRepositoryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps batches away is named with what to do, and nothing is changed by looking. */
class DoctorTest {
    private static final String WORKFLOW = ".github/workflows/run-evals.yml";

    @TempDir
    Path home;

    private RunnerRepositories runners;

    @BeforeEach
    void start() throws IOException {
        runners = new RunnerRepositories(home);
    }

    @AfterEach
    void stop() throws IOException {
        runners.close();
    }

    private void install() throws IOException {
        runners.initRunner("--push").expectExit(0);
        runners.github.setSecret("acme", "eval-runner", "batchferry", "OPENAI_API_KEY", "sk-5f1c9e7a");
    }

    /** The lines that are not as they should be. */
    private static List<String> complaints(FerryProcess.Result result) {
        return result.out().lines().filter(line -> !line.startsWith("ok\t")).toList();
    }

    @Test
    void ofAHealthyTargetEverythingIsWell() throws Exception {
        install();

        FerryProcess.Result result = runners.doctor().expectExit(0);

        assertThat(complaints(result)).isEmpty();
        assertThat(result.out())
                .contains("ok\ttoken:\tenvironment variable RUNNER_TOKEN, ")
                .contains("ok\trate limit:\t")
                .contains("ok\tclock:\tas GitHub's\n")
                .contains("ok\trepository:\tacme/eval-runner, private\n")
                .contains("ok\tref:\tmain, the default branch\n")
                .contains("ok\tworkflow:\trun-evals.yml is active\n")
                .contains("ok\tversion:\t")
                .contains("ok\trunner:\tsha-256 ")
                .contains("ok\tvendors:\tneed OPENAI_API_KEY\n")
                .contains("ok\tsecret OPENAI_API_KEY:\tset in environment batchferry\n")
                .contains("ok\tenvironment:\tbatchferry, for branch main only\n")
                .contains("ok\tstart runs:\tthe token may\n")
                .contains("ok\twrite branches:\tthe token may\n")
                .doesNotContain(runners.github.token());
        assertThat(runners.repository
                        .api()
                        .get(runners.repository.path("/actions/runs"))
                        .path("total_count")
                        .asInt())
                .as("looking started nothing")
                .isZero();
        assertThat(runners.repository.api().get(runners.repository.path("/git/matching-refs/heads/")))
                .as("looking made no branch")
                .hasSize(1);
    }

    @Test
    void theSameIsThereForPrograms() throws Exception {
        install();

        JsonNode json = new ObjectMapper()
                .readTree(runners.doctor("--json").expectExit(0).out());

        assertThat(json.path("target").asText()).isEqualTo(RunnerRepositories.TARGET);
        assertThat(json.path("healthy").asBoolean()).isTrue();
        assertThat(json.path("findings").findValuesAsText("level"))
                .hasSizeGreaterThan(8)
                .containsOnly("ok");
    }

    @Test
    void aRepositoryWithNothingOfOursIsToldHowToGetIt() {
        runners.repository.commit("README.md", "ours");

        assertThat(complaints(runners.doctor().expectExit(1)))
                .contains(
                        "FAIL\tworkflow:\tno .github/workflows/run-evals.yml on branch main; ferry init-runner"
                                + " acme/eval-runner",
                        "FAIL\tvendors:\tno .ferry/vendors.yaml on branch main; ferry init-runner acme/eval-runner");
    }

    @Test
    void aDisabledWorkflowIsToldHowToEnableIt() throws Exception {
        install();
        runners.repository
                .api()
                .expect(204, "PUT", runners.repository.path("/actions/workflows/run-evals.yml/disable"), "");

        assertThat(complaints(runners.doctor().expectExit(1)))
                .containsExactly("FAIL\tworkflow:\trun-evals.yml is disabled manually; gh workflow enable run-evals.yml"
                        + " --repo acme/eval-runner");
    }

    @Test
    void anOldWorkflowIsAWarningAndAJarItDoesNotNameAFailure() throws Exception {
        install();
        String workflow = new String(RunnerRepositoryFiles.workflow(), UTF_8);
        runners.replace(
                WORKFLOW,
                workflow.replaceFirst("# batchferry \\S+", "# batchferry 0.0.1").getBytes(UTF_8));

        assertThat(complaints(runners.doctor().expectExit(0)))
                .singleElement()
                .asString()
                .startsWith("warn\tversion:\tthe workflow is of 0.0.1; this ferry is ")
                .endsWith("; ferry init-runner acme/eval-runner");

        runners.replace(".ferry/batch-runner.jar", "evil".getBytes(UTF_8));
        assertThat(complaints(runners.doctor().expectExit(1)))
                .anyMatch(line -> line.startsWith("FAIL\trunner:\t.ferry/batch-runner.jar has sha-256 "));
    }

    @Test
    void aMissingSecretAndALooseOneAreToldApart() throws Exception {
        runners.initRunner("--push").expectExit(0);
        String set = "gh secret set OPENAI_API_KEY --repo acme/eval-runner --env batchferry";

        assertThat(complaints(runners.doctor().expectExit(1)))
                .containsExactly("FAIL\tsecret OPENAI_API_KEY:\tnot set; " + set);

        runners.github.setSecret("acme", "eval-runner", "OPENAI_API_KEY", "sk-5f1c9e7a");
        assertThat(complaints(runners.doctor().expectExit(0)))
                .containsExactly(
                        "warn\tsecret OPENAI_API_KEY:\tkept for the whole repository: a workflow on any branch gets it; "
                                + set + ", then: gh secret delete OPENAI_API_KEY --repo acme/eval-runner");
    }

    @Test
    void aKeyThatTheWorkflowDoesNotPassOnIsFound() throws Exception {
        install();
        runners.replace(".ferry/vendors.yaml", """
                vendors:
                  - name: ours
                    kind: openai
                    base_url: https://llm.example.com/v1
                    key_env: OUR_KEY
                    models: ["*"]
                """.getBytes(UTF_8));

        assertThat(complaints(runners.doctor().expectExit(1)))
                .contains("FAIL\tkey OUR_KEY:\tthe workflow has no line for it under env: of its last step; ferry"
                        + " init-runner acme/eval-runner");
    }

    @Test
    void aTokenThatMayOnlyReadIsFoundBeforeABatchIsSent() throws Exception {
        install();
        String reader = runners.appToken(Map.of("contents", "read", "actions", "read"));

        assertThat(complaints(runners.doctorAs(reader).expectExit(4)))
                .contains(
                        "FAIL\tstart runs:\tthe token (environment variable RUNNER_TOKEN) may not; give it actions:write"
                                + " on acme/eval-runner",
                        "FAIL\twrite branches:\tthe token (environment variable RUNNER_TOKEN) may not; give it"
                                + " contents:write on acme/eval-runner")
                .anyMatch(line -> line.startsWith("warn\tsecret OPENAI_API_KEY:\tnot known: "));
    }

    @Test
    void aWrongTokenIsNamedByWhereItWasFound() {
        assertThat(complaints(runners.doctorAs("ghp_nonsense").expectExit(4)))
                .containsExactly("FAIL\ttoken:\tenvironment variable RUNNER_TOKEN, refused by GitHub (401); put a valid"
                        + " one there, or log in again: gh auth login");
    }

    @Test
    void withoutATokenItSaysWhatToSet() {
        FerryProcess.Result result = FerryProcess.run(home, "doctor", "--target", RunnerRepositories.TARGET);

        assertThat(complaints(result.expectExit(4)))
                .singleElement()
                .asString()
                .startsWith(
                        "FAIL\ttoken:\tnone; environment variable `RUNNER_TOKEN`, the token_env of target `cloud`,");
    }

    @Test
    void aRefThatIsNotThereAndTheEmbeddedTargetAreNamed() throws Exception {
        install();
        Files.writeString(home.resolve("targets.yaml"), "    ref: gone\n", StandardOpenOption.APPEND);

        assertThat(complaints(runners.doctor().expectExit(1)))
                .containsExactly("FAIL\tref:\tno branch or tag `gone`; push it, or leave ref out of target `cloud`");
        assertThat(FerryProcess.run(home, "doctor", "--target", "local")
                        .expectExit(2)
                        .err())
                .contains("target `local` is the embedded GitHub");
    }
}
