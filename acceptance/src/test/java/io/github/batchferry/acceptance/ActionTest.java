package io.github.batchferry.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.workflow.RunnerRepositoryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository without keys gates its workflow on a batch that another repository answers. */
class ActionTest {
    private static final String JOB = "evaluate";

    @TempDir
    Path home;

    private RunnerRepositories runners;
    private Repository caller;

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
        caller = runners.repository.api().create("acme", "app");
        Map<String, byte[]> files = new HashMap<>();
        for (String file : new String[] {"action.yml", "action/send"}) {
            files.put(file, Files.readAllBytes(FerryProcess.PROJECT.resolve(file)));
        }
        files.put("ferry.jar", Files.readAllBytes(FerryProcess.PROJECT.resolve("provider/target/ferry.jar")));
        files.put("good.jsonl", Files.readAllBytes(FerryProcess.PROJECT.resolve("examples/capitals.jsonl")));
        files.put("one of three.jsonl", """
                {"id":"a","prompt":"A?","model":"echo/echo-1"}
                {"id":"b","messages":[{"role":"system","content":"nobody asks"}],"model":"echo/echo-1"}
                {"id":"c","prompt":"C?","model":"echo/echo-1"}
                """.getBytes(UTF_8));
        runners.github.commit("acme", "app", "Begin", files);
        runners.github.setSecret("acme", "app", "RUNNER_TOKEN", runners.github.token());
    }

    @AfterEach
    void stop() throws IOException {
        runners.close();
    }

    private long run(Map<String, String> with) {
        StringBuilder inputs = new StringBuilder();
        with.forEach((name, value) -> inputs.append("          ")
                .append(name)
                .append(": \"")
                .append(value)
                .append("\"\n"));
        caller.workflow("evaluate.yml", """
                on: workflow_dispatch
                jobs:
                  evaluate:
                    runs-on: ubuntu-24.04
                    steps:
                      - uses: actions/checkout@v4
                      - uses: ./
                        id: batch
                        with:
                %s          token: ${{ secrets.RUNNER_TOKEN }}
                      - if: always()
                        env:
                          RESULTS: ${{ steps.batch.outputs.results }}
                          SAID: ${{ toJSON(steps.batch.outputs) }}
                        run: |
                          echo "$SAID"
                          if [ -n "$RESULTS" ]; then echo "lines: $(wc -l < "$RESULTS")"; fi
                """.formatted(inputs));
        return caller.dispatch("evaluate.yml", Map.of());
    }

    @Test
    void theStepPassesWhenEveryRequestSucceededAndTellsWhatThereIs() throws Exception {
        long run = run(Map.of("requests", "good.jsonl", "repo", RunnerRepositories.NAME));

        caller.awaitSuccess(run);
        assertThat(caller.log(run, JOB))
                .contains("\"requests\": \"5\"")
                .contains("\"succeeded\": \"5\"")
                .contains("\"errored\": \"0\"")
                .contains("\"missing\": \"0\"")
                .contains("\"results\": \"batchferry-responses.jsonl\"")
                .contains("\"run_url\": \"" + runners.github.url() + "/acme/eval-runner/actions/runs/")
                .containsPattern("\"batch_id\": \"[0-9]{8}-[0-9]{6}-[a-z2-7]{6}\"")
                .contains("lines: 5")
                .doesNotContain(runners.github.token());
        assertThat(runners.github.stepSummary(run))
                .hasValueSatisfying(summary -> assertThat(summary).contains("| 5 | 5 | 0 | 0 |"));
        assertThat(runners.repository.api().all(runners.repository.path("/actions/runs"), "workflow_runs"))
                .hasSize(1);
    }

    @Test
    void oneRequestThatFailsFailsTheStepWithItsResultsThere() throws Exception {
        long run = run(Map.of("requests", "one of three.jsonl", "repo", RunnerRepositories.NAME));

        assertThat(caller.awaitEnd(run)).isEqualTo("failure");
        assertThat(caller.log(run, JOB))
                .contains("1 of 3 requests did not succeed, allow_errors is 0")
                .contains("\"succeeded\": \"2\"")
                .contains("\"errored\": \"1\"")
                .contains("lines: 3");
    }

    @Test
    void asManyAsAreAllowedMayFail() throws Exception {
        long run =
                run(Map.of("requests", "one of three.jsonl", "repo", RunnerRepositories.NAME, "allow_errors", "34%"));

        caller.awaitSuccess(run);
        assertThat(caller.log(run, JOB)).contains("allow_errors: 34% lets that pass");
    }

    @Test
    void aTargetOfTheWorkspaceMayBeNamedInstead() throws Exception {
        runners.github.commit(
                "acme", "app", "Name a target", Map.of("targets.yaml", """
                targets:
                  - name: ours
                    provider: github-actions
                    repo: acme/eval-runner
                    api_url: %s
                """.formatted(runners.github.apiUrl())
                        .getBytes(UTF_8)));

        long run = run(Map.of("requests", "good.jsonl", "target", "ours", "output", "answers of ours.jsonl"));

        caller.awaitSuccess(run);
        assertThat(caller.log(run, JOB))
                .contains("\"results\": \"answers of ours.jsonl\"")
                .contains("lines: 5");
    }

    @Test
    void whatInputsSayIsNeverPartOfAScript() throws Exception {
        long run = run(
                Map.of("requests", "$(touch pwned)`touch pwned`'; touch pwned; '.jsonl", "repo", "a/b; touch pwned"));

        assertThat(caller.awaitEnd(run)).isEqualTo("failure");
        assertThat(caller.log(run, JOB)).contains("the input repo must be OWNER/REPO");
        long second = dispatchOddFile();
        assertThat(caller.awaitEnd(second)).isEqualTo("failure");
        assertThat(caller.log(second, JOB)).contains("no such file").doesNotContain("pwned now");
    }

    private long dispatchOddFile() {
        caller.workflow("odd.yml", """
                on: workflow_dispatch
                jobs:
                  evaluate:
                    runs-on: ubuntu-24.04
                    steps:
                      - uses: actions/checkout@v4
                      - uses: ./
                        with:
                          requests: "$(touch pwned)`touch pwned`'; touch pwned; '.jsonl"
                          repo: acme/eval-runner
                          token: ${{ secrets.RUNNER_TOKEN }}
                      - if: always()
                        run: if [ -e pwned ]; then echo "pwned $(echo now)"; fi
                """);
        return caller.dispatch("odd.yml", Map.of());
    }
}
