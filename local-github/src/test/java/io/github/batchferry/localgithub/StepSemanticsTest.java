package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What steps see of each other, when they run, and how they are run. */
class StepSemanticsTest {
    private static final String HEAD = """
            on: workflow_dispatch
            jobs:
              job:
                runs-on: ubuntu-24.04
            """;

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

    private long runToEnd(String job) throws IOException {
        hub.workflow(HEAD + job.indent(4));
        long run = hub.dispatch();
        hub.awaitEnd(run);
        return run;
    }

    private String conclusion(long run) {
        return hub.run(run).path("conclusion").asText();
    }

    private Stream<String> said(long run) {
        return hub.log(run).lines().map(line -> line.substring(29));
    }

    private Stream<String> conclusions(long run) {
        return hub.job(run).path("steps").findValuesAsText("conclusion").stream();
    }

    @Test
    void afterAFailureOnlyThoseStepsRunThatAskForIt() throws IOException {
        long run = runToEnd("""
                steps:
                  - run: exit 7
                  - run: echo plain
                  - { run: echo true, if: true }
                  - { run: echo failure, if: failure() }
                  - { run: echo always, if: always() }
                  - { run: echo not, if: "!cancelled()" }
                  - { run: echo cancelled, if: cancelled() }
                  - { run: echo success, if: success() }
                """);

        assertThat(conclusion(run)).isEqualTo("failure");
        assertThat(conclusions(run))
                .containsExactly(
                        "success", "failure", "skipped", "skipped", "success", "success", "success", "skipped",
                        "skipped", "success");
    }

    @Test
    void stepsSeeTheOutputsAndTheEndsOfEarlierOnes() throws IOException {
        long run = runToEnd("""
                steps:
                  - id: one
                    continue-on-error: ${{ github.run_attempt == '1' }}
                    run: |
                      echo "plain=a=b" >> "$GITHUB_OUTPUT"
                      { echo 'block<<END'; echo first; echo second; echo END; } >> "$GITHUB_OUTPUT"
                      exit 1
                  - { id: two, run: "true", if: false }
                  - run: |
                      echo '${{ steps.one.outputs.plain }}, ${{ steps.one.outcome }}, ${{ steps.one.conclusion }}'
                      echo '${{ steps.two.outcome }} ${{ steps.two.conclusion }} ${{ job.status }}'
                      echo '${{ toJSON(steps.one.outputs.block) }}${{ steps.three.outcome }}'
                """);

        assertThat(conclusion(run)).as(hub.log(run)).isEqualTo("success");
        assertThat(said(run)).contains("a=b, failure, success", "skipped skipped success", "\"first\\nsecond\"");
        assertThat(conclusions(run)).startsWith("success", "success", "skipped");
    }

    @Test
    void variablesComeFromAllLevelsAndMayBeExpressions() throws IOException {
        hub.github.setVariable(Hub.OWNER, Hub.NAME, "COLOUR", "red");
        hub.workflow("""
                on: workflow_dispatch
                env: { A: "${{ vars.COLOUR }}", B: workflow }
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    env: { B: "${{ github.event_name }}", C: job }
                    steps:
                      - run: echo "C=later" >> "$GITHUB_ENV"
                      - env: { D: "${{ env.C }} of step", A: "${{ format('{0}der', env.A) }}" }
                        run: echo "$A/$B/$C/$D/${{ env.D }}"
                """);
        assertThat(hub.logOfSuccess(Map.of()))
                .contains(" redder/workflow_dispatch/later/later of step/later of step\n");
    }

    @Test
    void everyShellRunsScriptsAsOnGitHub() throws IOException {
        long run = runToEnd("""
                defaults:
                  run: { shell: bash, working-directory: inner }
                steps:
                  - { run: mkdir inner, working-directory: . }
                  - { run: "false | true; echo unreached", continue-on-error: true }
                  - { run: "false | true; echo sh; pwd", shell: sh }
                  - run: |
                      import os
                      print("python in", os.path.basename(os.getcwd()))
                    shell: python
                  - { run: "some text", shell: "tr a-z A-Z <" , continue-on-error: true }
                  - { run: "custom text", shell: "cat -n {0}" }
                """.replace("tr a-z A-Z <", "missing-shell {0}"));

        assertThat(conclusion(run)).as(hub.log(run)).isEqualTo("success");
        assertThat(said(run))
                .contains("sh", "python in inner", "     1\tcustom text", "##[error]missing-shell: command not found")
                .doesNotContain("unreached")
                .anyMatch(line -> line.matches("shell: \\S+/bash --noprofile --norc -e -o pipefail \\{0}"))
                .anyMatch(line -> line.matches("shell: \\S+/sh -e \\{0}"))
                .anyMatch(line -> line.matches("shell: \\S+/cat -n \\{0}"));
    }

    @Test
    void badValuesFailTheStepAndNotTheServer() throws IOException {
        long run = runToEnd("""
                steps:
                  - { run: echo one, timeout-minutes: "${{ github.actor }}", continue-on-error: true }
                  - { run: exit 1, continue-on-error: "${{ github.actor }}" }
                  - { run: echo two, if: "${{ always() && fromJSON('{') }}" }
                  - { run: "echo '${{ fromJSON(github.actor) }}'", if: always(), name: Broken }
                  - { run: echo three, if: always(), env: { A: "${{ fromJSON(github.actor) }}" } }
                  - { run: echo fine, if: always() }
                """);

        assertThat(conclusions(run))
                .as(hub.log(run))
                .containsExactly(
                        "success", "success", "failure", "failure", "failure", "failure", "success", "success");
        assertThat(said(run))
                .contains("##[error]The template is not valid. `timeout-minutes`: Unexpected value 'local'");
    }

    @Test
    void whatTheSystemCannotStartFailsTheStep() throws IOException {
        hub.github.setVariable(Hub.OWNER, Hub.NAME, "NUL", "\"\\u0000\"");
        long run = runToEnd("""
                steps:
                  - { run: echo never, working-directory: nowhere, continue-on-error: true }
                  - { run: echo never, env: { A: "${{ fromJSON(vars.NUL) }}" }, continue-on-error: true }
                  - { run: echo never, working-directory: "${{ fromJSON(vars.NUL) }}", continue-on-error: true }
                  - { run: echo fine, if: always() }
                """);

        assertThat(conclusion(run)).as(hub.log(run)).isEqualTo("success");
        assertThat(said(run))
                .contains("fine")
                .doesNotContain("never")
                .filteredOn(line -> line.startsWith("##[error]An error occurred trying to start the step: "))
                .hasSize(3);
    }

    @Test
    void filesHaveAHashTogether() throws IOException {
        long run = runToEnd("""
                steps:
                  - run: |
                      mkdir -p a/b; printf one > a/one.txt; printf two > a/b/two.txt; printf three > three.md
                      hash() { printf %s "$1" | sha256sum | cut -d' ' -f1 | xxd -r -p; }
                      { hash two; hash one; } | sha256sum | cut -d' ' -f1 > expected
                  - run: |
                      test "${{ hashFiles('**/*.txt') }}" = "$(cat expected)"
                      test "${{ hashFiles('a', '!**/one.txt') }}" = "${{ hashFiles('a/b/**') }}"
                      test -z "${{ hashFiles('*.none') }}"
                      test "${{ hashFiles('*.md', 'a/*/t?o.txt') }}" != "${{ hashFiles('a/b/two.txt') }}"
                """.replace(
                "xxd -r -p", "python3 -c 'import sys; sys.stdout.buffer.write(bytes.fromhex(sys.stdin.read()))'"));

        assertThat(conclusion(run)).as(hub.log(run)).isEqualTo("success");
    }

    @Test
    void afterACancellationTheStepsThatWantToStillRun() throws IOException {
        hub.workflow(HEAD + """
                    steps:
                      - run: touch ready; sleep 300
                      - run: echo plain
                      - { run: "echo always; echo ${{ job.status }} > status", if: always() }
                      - { run: echo cancelled, if: cancelled() }
                      - { run: echo failure, if: failure() }
                """);
        long run = hub.dispatch();
        Path workspace = hub.workspace(state, run);
        await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(workspace.resolve("ready")));

        hub.post(Hub.repository("/actions/runs/" + run + "/cancel"), "{}");

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("cancelled");
        assertThat(conclusions(run))
                .containsExactly("success", "cancelled", "skipped", "success", "success", "skipped", "success");
        assertThat(workspace.resolve("status")).hasContent("cancelled");
    }

    @Test
    void aStepThatAlwaysRunsIsNotCancelledWithItsJob() throws IOException {
        hub.workflow(HEAD + """
                    steps:
                      - { run: "touch ready; while [ ! -e go ]; do sleep 0.05; done; echo done", if: always() }
                      - run: echo plain
                """);
        long run = hub.dispatch();
        Path workspace = hub.workspace(state, run);
        await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(workspace.resolve("ready")));

        hub.post(Hub.repository("/actions/runs/" + run + "/cancel"), "{}");
        Files.createFile(workspace.resolve("go"));

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("cancelled");
        assertThat(conclusions(run)).containsExactly("success", "success", "skipped", "success");
    }

    @Test
    void stepsThatAlwaysRunHaveFiveMinutesAfterACancellation() throws IOException {
        hub.close();
        hub = new Hub(LocalGitHub.at(state).stopGrace(Duration.ofSeconds(5)).timeScale(0.001));
        hub.workflow(HEAD + """
                    steps:
                      - run: touch ready; sleep 300
                      - { run: sleep 300, if: always() }
                      - { run: echo late, if: always() }
                """);
        long run = hub.dispatch();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> Files.exists(hub.workspace(state, run).resolve("ready")));

        hub.post(Hub.repository("/actions/runs/" + run + "/cancel"), "{}");

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("cancelled");
        assertThat(conclusions(run)).containsExactly("success", "cancelled", "cancelled", "skipped", "success");
    }

    @Test
    void aForcedCancellationEndsStepsThatAlwaysRun() throws IOException {
        hub.workflow(HEAD + """
                    steps:
                      - { run: "touch ready; sleep 300", if: always() }
                      - { run: echo late, if: always() }
                """);
        long run = hub.dispatch();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> Files.exists(hub.workspace(state, run).resolve("ready")));

        hub.post(Hub.repository("/actions/runs/" + run + "/force-cancel"), "{}");

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("cancelled");
        assertThat(conclusions(run)).containsExactly("success", "cancelled", "skipped", "success");
    }

    @Test
    void aJobMayTakeSixHours() throws IOException {
        hub.close();
        hub = new Hub(LocalGitHub.at(state).timeScale(0.0001));
        hub.workflow(HEAD + """
                    steps:
                      - run: sleep 300
                """);
        long run = hub.dispatch();

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("timed_out");
    }

    @Test
    void outputsOfAJobShowNoSecretAndLeaveOutWhatIsEmpty() throws IOException {
        hub.github.setSecret(Hub.OWNER, Hub.NAME, "KEY", "sesame-1234");
        long run = runToEnd("""
                outputs:
                  shown: ${{ steps.one.outputs.shown }}
                  secret: x${{ secrets.KEY }}
                  nothing: ${{ steps.one.outputs.nothing }}
                steps:
                  - { id: one, run: 'echo "shown=1" >> "$GITHUB_OUTPUT"' }
                """);

        assertThat(conclusion(run)).isEqualTo("success");
        assertThat(said(run))
                .contains("Set output 'shown'", "##[warning]Skip output 'secret' since it may contain secret.")
                .doesNotContain("Set output 'nothing'");
    }

    @Test
    void everyStepHasANameOfItsOwnForItsScript() throws IOException {
        long run = runToEnd("""
                steps:
                  - run: echo "$GITHUB_ACTION"
                  - { id: mine, run: 'echo "$GITHUB_ACTION ${{ github.action }}"' }
                  - run: echo "$GITHUB_ACTION ${{ runner.temp == env.RUNNER_TEMP }} ${{ github.env }}"
                """);

        assertThat(said(run)).contains("__run", "mine mine").anyMatch(line -> line.startsWith("__run_2 false /"));
    }
}
