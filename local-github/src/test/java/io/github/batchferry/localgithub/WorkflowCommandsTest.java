package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that steps give by lines of their output. */
class WorkflowCommandsTest {
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

    private long run(String... lines) throws IOException {
        hub.script(lines);
        long run = hub.dispatch();
        hub.awaitEnd(run);
        return run;
    }

    /** What the job says after the headers of its steps. */
    private List<String> said(long run) {
        return hub.log(run).lines().map(line -> line.substring(29)).toList();
    }

    private JsonNode annotations(long run) throws IOException {
        JsonNode record = Json.MAPPER.readTree(Files.readAllBytes(state.resolve("runs/" + run + "/run.json")));
        return record.path("attempts").path(0).path("jobs").path(0).path("annotations");
    }

    @Test
    void remarksStandInTheLogAndBesideTheRun() throws IOException {
        long run = run(
                "echo '::error file=src/a.txt,line=3,endLine=3,col=5,endColumn=9,title=Off%2C by%3A one::50%25 %0Amore'",
                "echo \"::warning file=$PWD/b.txt,endLine=4::w\"",
                "echo ' ::notice line=7,endLine=9,col=2::n'",
                "echo '::error line=9,endLine=3::wrong order'",
                "echo '::unknown::x' ; echo 'a ::error::no command'");

        assertThat(said(run))
                .containsSubsequence(
                        "##[error]50% ",
                        "more",
                        "##[warning]w",
                        "##[notice]n",
                        "##[error]wrong order",
                        "::unknown::x",
                        "a ::error::no command");
        JsonNode remarks = annotations(run);
        assertThat(remarks).hasSize(4);
        assertThat(remarks.path(0).toString())
                .isEqualTo("{\"level\":\"FAILURE\",\"message\":\"50% \\nmore\",\"title\":\"Off, by: one\","
                        + "\"path\":\"src/a.txt\",\"startLine\":3,\"endLine\":3,\"startColumn\":5,\"endColumn\":9}");
        assertThat(remarks.path(1).path("path").asText()).isEqualTo("b.txt");
        assertThat(remarks.path(1).path("startLine").asInt()).isEqualTo(4);
        assertThat(remarks.path(2).path("endLine").asInt()).isEqualTo(9);
        assertThat(remarks.path(2).path("startColumn").isNull()).isTrue();
        assertThat(remarks.path(2).path("path").asText()).isEqualTo(".github");
        assertThat(remarks.path(3).path("startLine").asInt()).isEqualTo(1);
    }

    @Test
    void ofEachLevelTenRemarksOfAStepAreKeptAndFiftyOfAJob() throws IOException {
        hub.workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                      - run: for i in {1..12}; do echo "::error::e$i"; echo "::warning::w$i"; done
                      - run: for i in {1..12}; do echo "::error::e$i"; echo "::notice::n$i"; done
                      - run: for i in {1..12}; do echo "::error::e$i"; echo "::notice::n$i"; done
                """);
        long run = hub.dispatch();
        hub.awaitEnd(run);

        List<String> messages = annotations(run).findValuesAsText("message");
        assertThat(messages).hasSize(50).contains("e10", "w10", "n10").doesNotContain("e11", "w11");
        assertThat(said(run)).contains("##[error]e12", "##[warning]w12");
    }

    @Test
    void aStepThatFailsSaysSoBesideTheRun() throws IOException {
        long run = run("exit 3");

        assertThat(annotations(run).findValuesAsText("message")).containsExactly("Process completed with exit code 3.");
    }

    @Test
    void whatIsMaskedIsMaskedEverywhere() throws IOException {
        hub.workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    outputs: { o: "${{ steps.one.outputs.o }}" }
                    steps:
                      - id: one
                        run: |
                          printf '::add-mask::hid''den%%0Amo''re\\n'
                          echo "::error title=hidd""en::hidd""en mo""re"
                          echo "o=hidd""en" >> "$GITHUB_OUTPUT"
                          echo "summary hidd""en" >> "$GITHUB_STEP_SUMMARY"
                      - { name: "About ${{ steps.one.outputs.o }}", run: "true" }
                """);
        long run = hub.dispatch();
        hub.awaitEnd(run);

        assertThat(hub.log(run)).doesNotContain("hidden").contains("##[error]*** ***");
        assertThat(Files.readString(state.resolve("runs/" + run + "/run.json"))).doesNotContain("hidden");
        assertThat(hub.github.stepSummary(run)).contains("summary ***\n");
        assertThat(hub.job(run).path("steps").findValuesAsText("name")).contains("About ***");
    }

    @Test
    void commandsCanBeStoppedAndGoOnWithTheToken() throws IOException {
        long run = run(
                "echo '::group::Part'",
                "echo '::endgroup::'",
                "echo '::stop-commands::pause-7'",
                "echo '::warning::not heeded'",
                "echo '::pause-7::'",
                "echo '::warning::heeded'");

        assertThat(said(run))
                .containsSubsequence(
                        "##[group]Part",
                        "##[endgroup]",
                        "::stop-commands::***",
                        "::warning::not heeded",
                        "::***::",
                        "##[warning]heeded");
        assertThat(annotations(run).findValuesAsText("message")).containsExactly("heeded");
    }

    @Test
    void oldCommandsWorkWithAWarningOrAreRefused() throws IOException {
        hub.workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                      - { id: old, run: "echo '::set-output name=a::b%0Ac'" }
                      - run: test "${{ steps.old.outputs.a }}" = "$(printf 'b\\nc')"
                      - env: { ACTIONS_ALLOW_UNSECURE_COMMANDS: true }
                        run: echo '::set-env name=OLD::way'; echo "::add-path::$PWD"
                      - run: test "$OLD" = way; case "$PATH" in "$PWD":*) ;; *) exit 1;; esac
                      - { id: bad, continue-on-error: true, run: "echo '::set-env name=OLD::wrong'" }
                      - run: test "$OLD ${{ steps.bad.outcome }}" = "way failure"
                """);

        String log = hub.logOfSuccess(Map.of());

        assertThat(log)
                .contains("##[warning]The `set-output` command is deprecated and will be disabled soon.")
                .contains("##[error]Unable to process command '::set-env name=OLD::wrong' successfully.")
                .contains("##[error]The `set-env` command is disabled. Please upgrade to using Environment Files");
    }

    @Test
    void commandsAreEchoedAndDebugMessagesShownWhenAskedFor() throws IOException {
        long quiet = run(
                "echo '::debug::fine'",
                "echo '::set-output name=a::1'",
                "echo '::echo::on'",
                "echo '::set-output name=b::2'",
                "test -z \"${RUNNER_DEBUG:-}\"");
        assertThat(said(quiet))
                .doesNotContain("##[debug]fine", "::set-output name=a::1")
                .contains("::set-output name=b::2");

        hub.github.setVariable(Hub.OWNER, Hub.NAME, "ACTIONS_STEP_DEBUG", "true");
        long loud = run("echo '::debug::fine'", "test \"$RUNNER_DEBUG ${{ runner.debug }}\" = '1 1'", "echo true");

        assertThat(said(loud)).contains("##[debug]fine", "true");
        assertThat(hub.run(loud).path("conclusion").asText()).isEqualTo("success");
    }

    @Test
    void aCommandThatMakesNoSenseFailsItsStep() throws IOException {
        long run = run("echo '::echo::perhaps'", "echo '::stop-commands::warning'", "echo '::set-output::x'");

        assertThat(hub.run(run).path("conclusion").asText()).isEqualTo("failure");
        assertThat(said(run))
                .contains(
                        "##[error]Unable to process command 'echo' successfully.",
                        "##[error]Unable to process command '::stop-commands::warning' successfully.",
                        "##[error]Required field 'name' is missing in ##[set-output] command.");
    }
}
