package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutionTest {
    @TempDir
    Path state;

    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state);
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    @Test
    void aStepGetsExactlyTheDeclaredEnvironment() throws IOException {
        hub.github.setSecret(Hub.OWNER, Hub.NAME, "KEY", "k");
        hub.workflow("""
                on: workflow_dispatch
                env: { OF_WORKFLOW: w, SHARED: w }
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    env: { OF_JOB: j, SHARED: j }
                    steps:
                      - env: { OF_STEP: "${{ secrets.KEY }}", SHARED: s, GITHUB_SHA: forged }
                        run: env -0 | sort -z > "$GITHUB_WORKSPACE/env"
                """);

        long run = hub.dispatch();

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("success");
        Map<String, String> env = env(hub.workspace(state, run).resolve("env"));
        String feature = "" + Runtime.version().feature();
        TreeSet<String> allowed = new TreeSet<>(List.of(
                "CI",
                "GITHUB_ACTION",
                "GITHUB_ACTIONS",
                "GITHUB_ACTION_REF",
                "GITHUB_ACTION_REPOSITORY",
                "GITHUB_ACTOR",
                "GITHUB_ACTOR_ID",
                "GITHUB_API_URL",
                "GITHUB_BASE_REF",
                "GITHUB_ENV",
                "GITHUB_EVENT_NAME",
                "GITHUB_EVENT_PATH",
                "GITHUB_GRAPHQL_URL",
                "GITHUB_HEAD_REF",
                "GITHUB_JOB",
                "GITHUB_OUTPUT",
                "GITHUB_PATH",
                "GITHUB_REF",
                "GITHUB_REF_NAME",
                "GITHUB_REF_PROTECTED",
                "GITHUB_REF_TYPE",
                "GITHUB_REPOSITORY",
                "GITHUB_REPOSITORY_ID",
                "GITHUB_REPOSITORY_OWNER",
                "GITHUB_REPOSITORY_OWNER_ID",
                "GITHUB_RETENTION_DAYS",
                "GITHUB_RUN_ATTEMPT",
                "GITHUB_RUN_ID",
                "GITHUB_RUN_NUMBER",
                "GITHUB_SERVER_URL",
                "GITHUB_SHA",
                "GITHUB_STATE",
                "GITHUB_STEP_SUMMARY",
                "GITHUB_TRIGGERING_ACTOR",
                "GITHUB_WORKFLOW",
                "GITHUB_WORKFLOW_REF",
                "GITHUB_WORKFLOW_SHA",
                "GITHUB_WORKSPACE",
                "JAVA_HOME",
                "JAVA_HOME_" + feature + "_X64",
                "OF_JOB",
                "OF_STEP",
                "OF_WORKFLOW",
                "RUNNER_ARCH",
                "RUNNER_ENVIRONMENT",
                "RUNNER_NAME",
                "RUNNER_OS",
                "RUNNER_TEMP",
                "RUNNER_TOOL_CACHE",
                "RUNNER_TRACKING_ID",
                "RUNNER_WORKSPACE",
                "SHARED"));
        allowed.addAll(List.of("PWD", "SHLVL", "_")); // bash's own
        for (String basic : List.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")) {
            if (basic.equals("PATH") || System.getenv(basic) != null) {
                allowed.add(basic);
            }
        }
        assertThat(new TreeSet<>(env.keySet())).isEqualTo(allowed);
        assertThat(env)
                .containsEntry("OF_WORKFLOW", "w")
                .containsEntry("OF_JOB", "j")
                .containsEntry("OF_STEP", "k")
                .containsEntry("SHARED", "s")
                .containsEntry("JAVA_HOME", System.getProperty("java.home"))
                .containsEntry("GITHUB_API_URL", hub.github.url().toString())
                .containsEntry("GITHUB_REPOSITORY", "acme/runner")
                .containsEntry("GITHUB_REF", "refs/heads/main")
                .containsEntry("GITHUB_RUN_ID", "" + run)
                .containsEntry("GITHUB_WORKFLOW_REF", "acme/runner/" + Hub.WORKFLOW + "@refs/heads/main")
                .containsEntry("GITHUB_SHA", hub.run(run).path("head_sha").asText())
                .containsEntry("RUNNER_ENVIRONMENT", "self-hosted");
    }

    private static Map<String, String> env(Path file) throws IOException {
        return Stream.of(Files.readString(file).split("\0"))
                .collect(Collectors.toMap(
                        entry -> entry.substring(0, entry.indexOf('=')),
                        entry -> entry.substring(entry.indexOf('=') + 1)));
    }

    @Test
    void anInterruptFromTheTerminalReachesTheServerAndNotTheStepsSupervisor() throws IOException {
        hub.workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                      - run: kill -INT "$PPID" && echo "still there" > after
                """);

        long run = hub.dispatch();
        hub.awaitEnd(run);

        assertThat(hub.run(run).path("conclusion").asText()).isEqualTo("success");
        assertThat(hub.workspace(state, run).resolve("after")).hasContent("still there");
    }

    @Test
    void aSecretIsSeenOnlyByTheStepThatDeclaresIt() throws IOException {
        hub.github.setSecret(Hub.OWNER, Hub.NAME, "KEY", "sesame-1234");
        hub.workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                      - run: env > before
                      - env: { KEY: "${{ secrets.KEY }}" }
                        run: env > during
                      - run: env > after
                """);

        long run = hub.dispatch();
        hub.awaitEnd(run);

        Path workspace = hub.workspace(state, run);
        assertThat(workspace.resolve("before")).content().doesNotContain("sesame");
        assertThat(workspace.resolve("during")).content().contains("KEY=sesame-1234");
        assertThat(workspace.resolve("after")).content().doesNotContain("sesame");
    }

    @Test
    void secretsNeverReachTheLogOrTheSummary() throws IOException {
        hub.github.setSecret(Hub.OWNER, Hub.NAME, "KEY", "sesame-1234");
        hub.github.setSecret(Hub.OWNER, Hub.NAME, "PEM", "first line\nsecond line\n");
        hub.workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                      - env:
                          KEY: ${{ secrets.KEY }}
                          PEM: ${{ secrets.PEM }}
                          TOKEN: ${{ github.token }}
                        run: |
                          echo "key $KEY, echoed ${{ secrets.KEY }}"
                          echo "$PEM"
                          echo "token $TOKEN"
                          echo "$TOKEN" > token
                          echo "::add-mask::lear""ned"
                          echo "what I lear""ned"
                          printf 'x%.0s' {1..300000}; echo "$KEY"
                          echo "summary $KEY" >> "$GITHUB_STEP_SUMMARY"
                """);

        long run = hub.dispatch();
        hub.awaitEnd(run);
        String log = hub.log(run);

        String token =
                Files.readString(hub.workspace(state, run).resolve("token")).strip();
        assertThat(token).startsWith("ghs_");
        assertThat(log)
                .doesNotContain("sesame", "first line", "second line", "learned")
                .doesNotContain(token)
                .contains("key ***, echoed ***", "token ***", "what I ***", "KEY: ***");
        assertThat(hub.github.stepSummary(run)).contains("summary ***\n");
    }

    @Test
    void aLogReadsAsOnGitHub() throws IOException {
        hub.workflow("""
                on: workflow_dispatch
                env: { GREETING: hello }
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                      - name: Greet
                        run: |
                          echo "$GREETING"
                          echo oops >&2
                          exit 3
                      - run: echo never
                """);

        long run = hub.dispatch();

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("failure");
        String log = hub.log(run);
        assertThat(log.lines())
                .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z .*"));
        assertThat(log.lines().map(line -> line.substring(29)))
                .containsSubsequence(
                        "##[group]Run echo \"$GREETING\"",
                        "exit 3",
                        "env:",
                        "  GREETING: hello",
                        "##[endgroup]",
                        "hello",
                        "oops",
                        "##[error]Process completed with exit code 3.");
        JsonNode job = hub.job(run);
        assertThat(job.path("conclusion").asText()).isEqualTo("failure");
        assertThat(job.path("steps").findValuesAsText("name"))
                .containsExactly("Set up job", "Greet", "Run echo never", "Complete job");
        assertThat(job.path("steps").findValuesAsText("conclusion"))
                .containsExactly("success", "failure", "skipped", "success");
        assertThat(job.path("steps").findValuesAsText("status")).containsOnly("completed");
    }

    @Test
    void theVerdictOnAStepComesAfterItsLastWords() throws IOException {
        hub.script("seq 1 50000", "exit 3");

        long run = hub.dispatch();

        hub.awaitEnd(run);
        assertThat(hub.log(run).lines().map(line -> line.substring(29)))
                .containsSubsequence("49999", "50000", "##[error]Process completed with exit code 3.");
    }

    @Test
    void theFirstFailingCommandOfAStepFailsIt() throws IOException {
        hub.script("false | true", "touch passed", "false", "touch survived");

        long run = hub.dispatch();

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("failure");
        assertThat(hub.workspace(state, run).resolve("passed")).exists();
        assertThat(hub.workspace(state, run).resolve("survived")).doesNotExist();
    }

    @Test
    void aStepMayFailWhenTheJobIsToldToContinue() throws IOException {
        hub.workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: [self-hosted, linux]
                    steps:
                      - { run: exit 1, continue-on-error: true }
                      - run: touch next
                """);

        hub.logOfSuccess(Map.of());
    }

    @Test
    void laterStepsSeeWhatEarlierOnesWroteToTheirFiles() throws IOException {
        hub.workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                      - run: |
                          echo "PLAIN=a=b" >> "$GITHUB_ENV"
                          { echo 'BLOCK<<END'; echo one; echo two; echo END; } >> "$GITHUB_ENV"
                          mkdir tools; printf '#!/bin/sh\\necho I am a tool\\n' > tools/my-tool; chmod +x tools/my-tool
                          echo "$PWD/tools" >> "$GITHUB_PATH"
                          test -z "${PLAIN:-}"
                      - env: { SEEN: "${{ env.PLAIN }}" }
                        working-directory: tools
                        run: |
                          echo "plain $PLAIN, seen $SEEN"
                          echo "block $BLOCK"
                          my-tool
                          echo "in ${PWD##*/}"
                """);

        assertThat(hub.logOfSuccess(Map.of()))
                .contains("plain a=b, seen a=b", "block one", " two", "I am a tool", "in tools");
    }

    @Test
    void aBrokenEnvironmentFileFailsTheStep() throws IOException {
        hub.script("echo nonsense >> \"$GITHUB_ENV\"");

        long run = hub.dispatch();

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("failure");
        assertThat(hub.log(run))
                .contains("Unable to process file command 'env' successfully. Invalid format 'nonsense'");
    }

    @Test
    void theEventHoldsTheInputsAsTexts() throws IOException {
        hub.workflow("""
                name: Job
                run-name: "batch ${{ inputs.id }} of ${{ github.actor }}"
                on:
                  workflow_dispatch:
                    inputs:
                      id: { required: true }
                      flag: { type: boolean }
                      level: { type: choice, options: [low, high], default: low }
                      many: { type: number }
                jobs:
                  job:
                    name: Do ${{ github.event.inputs.id }}
                    runs-on: ubuntu-24.04
                    steps:
                      - env:
                          NOTHING: "[${{ inputs.absent }}${{ secrets.ABSENT }}]"
                          FLAG: ${{ inputs.flag }}
                        run: |
                          cat "$GITHUB_EVENT_PATH" > event.json
                          echo "nothing $NOTHING, flag $FLAG"
                """);

        String log = hub.logOfSuccess(Map.of("id", "tür; echo pwned", "flag", true, "many", 3));

        assertThat(log).contains("nothing [], flag true");
        long run = hub.json(Hub.repository("/actions/runs"))
                .path("workflow_runs")
                .path(0)
                .path("id")
                .asLong();
        assertThat(hub.run(run).path("display_title").asText()).isEqualTo("batch tür; echo pwned of local");
        assertThat(hub.run(run).path("name").asText()).isEqualTo("Job");
        assertThat(hub.job(run).path("name").asText()).isEqualTo("Do tür; echo pwned");
        JsonNode event = Json.MAPPER.readTree(
                Files.readAllBytes(hub.workspace(state, run).resolve("event.json")));
        assertThat(event.path("inputs"))
                .isEqualTo(Json.MAPPER.readTree(
                        "{\"id\":\"tür; echo pwned\",\"flag\":\"true\",\"level\":\"low\",\"many\":\"3\"}"));
        assertThat(event.path("ref").asText()).isEqualTo("refs/heads/main");
        assertThat(event.path("repository").path("full_name").asText()).isEqualTo("acme/runner");
        assertThat(event.path("repository").path("default_branch").asText()).isEqualTo("main");
        assertThat(event.path("sender").path("login").asText()).isEqualTo("local");
    }

    @Test
    void twoRunsAtOnceDoNotMix() throws IOException {
        hub.workflow("""
                run-name: ${{ inputs.me }}
                on:
                  workflow_dispatch:
                    inputs:
                      me:
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                      - env: { ME: "${{ inputs.me }}", OTHER: "${{ github.run_number }}" }
                        run: |
                          echo "$ME" > me
                          touch "$HOME/.mark-$ME" 2> /dev/null || true
                          rm -f "$HOME/.mark-$ME"
                          echo "V=$ME" >> "$GITHUB_ENV"
                          mkfifo gate; exec 3<> gate; read -r -t 0.3 <&3 || true
                          echo "i am $ME"
                      - run: test "$V" = "$(cat me)" && echo "still $V" > result
                """);

        long one = hub.dispatch(Map.of("me", "one"));
        long two = hub.dispatch(Map.of("me", "two"));

        assertThat(hub.awaitEnd(one).path("conclusion").asText()).isEqualTo("success");
        assertThat(hub.awaitEnd(two).path("conclusion").asText()).isEqualTo("success");
        assertThat(hub.workspace(state, one).resolve("result")).hasContent("still one");
        assertThat(hub.workspace(state, two).resolve("result")).hasContent("still two");
        assertThat(hub.log(one)).contains("i am one").doesNotContain("i am two");
        assertThat(hub.log(two)).contains("i am two").doesNotContain("i am one");
    }

    @Test
    void aRerunKeepsTheWorkspaceAndGetsAFreshTemp() throws IOException {
        hub.script(
                "echo attempt >> attempts",
                "test ! -e \"$RUNNER_TEMP/left\"",
                "touch \"$RUNNER_TEMP/left\"",
                "test \"$(wc -l < attempts)\" = \"$GITHUB_RUN_ATTEMPT\"",
                "echo \"I am attempt $GITHUB_RUN_ATTEMPT\"");
        long run = hub.dispatch();
        hub.awaitEnd(run);
        String sha = hub.run(run).path("head_sha").asText();
        hub.file("README.md", "moves the branch on");

        assertThat(hub.post(Hub.repository("/actions/runs/" + run + "/rerun"), "")
                        .statusCode())
                .isEqualTo(201);

        JsonNode again = hub.awaitEnd(run);
        assertThat(again.path("run_attempt").asInt()).isEqualTo(2);
        assertThat(again.path("conclusion").asText()).isEqualTo("success");
        assertThat(again.path("head_sha").asText()).isEqualTo(sha);
        assertThat(hub.log(run)).contains("I am attempt 2");
        assertThat(hub.json(Hub.repository("/actions/runs/" + run + "/attempts/1"))
                        .path("run_attempt")
                        .asInt())
                .isEqualTo(1);
        assertThat(hub.json(Hub.repository("/actions/runs/" + run + "/jobs?filter=all"))
                        .path("jobs"))
                .hasSize(2);
        assertThat(state.resolve("runs/" + run + "/attempt-2/temp")).doesNotExist();
    }

    @Test
    void aVariableForBashItselfActsInTheStepOnly() throws IOException {
        hub.workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                      - run: echo 'echo "sourced by $$" >> sourced' > rc
                      - env: { BASH_ENV: rc }
                        run: test "$(wc -l < sourced)" = 1
                """);

        hub.logOfSuccess(Map.of());
    }

    @Test
    void aStepHasNoInput() throws IOException {
        hub.script("cat; echo done");

        assertThat(hub.logOfSuccess(Map.of())).contains("done");
    }
}
