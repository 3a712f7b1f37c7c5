package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobGraphTest {
    @TempDir
    Path state;

    @TempDir
    Path folder;

    private Hub hub;
    private Signals signals;

    @BeforeEach
    void start() throws IOException {
        signals = new Signals(folder);
        hub = new Hub(LocalGitHub.at(state).stopGrace(Duration.ofMillis(500)));
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    /** A job of one step. */
    private static String job(String id, String head, String script) {
        return """
                  %s:
                    runs-on: ubuntu-24.04
                    %s
                    steps: [ { run: '%s' } ]
                """.formatted(id, head, script);
    }

    private long dispatch(String... jobs) throws IOException {
        return hub.workflow("on: workflow_dispatch\njobs:\n" + String.join("", jobs))
                .dispatch();
    }

    private String conclusion(long run) {
        return hub.awaitEnd(run).path("conclusion").asText();
    }

    @Test
    void jobsRunBesideEachOtherAndAfterThoseTheyNeed() throws IOException {
        long run = dispatch(
                job("top", "", signals.give("top")),
                job(
                        "left",
                        "needs: top",
                        signals.given("top") + "; " + signals.give("left") + "; " + signals.await("right")),
                job("right", "needs: [top]", signals.give("right") + "; " + signals.await("left")),
                job("bottom", "needs: [left, right]", signals.given("left")));

        assertThat(conclusion(run)).isEqualTo("success");
        assertThat(hub.verdicts(run))
                .containsExactly(
                        entry("top", "success"),
                        entry("left", "success"),
                        entry("right", "success"),
                        entry("bottom", "success"));
    }

    @Test
    void whatNeedsAFailedJobIsSkippedUnlessItsConditionSaysOtherwise() throws IOException {
        long run = dispatch(
                job("a", "", "exit 1"),
                job("b", "needs: a", "true"),
                job("c", "needs: b", "true"),
                job("on-failure", "needs: c\n    if: failure()", "true"),
                job("always", "if: always()\n    needs: [a, c]", "true"),
                job("in-spite", "if: ${{ !cancelled() && needs.a.result == 'failure' }}\n    needs: a", "true"),
                job("told", "if: needs.a.result == 'failure'\n    needs: a", "true"),
                job("apart", "", "true"));

        assertThat(conclusion(run)).isEqualTo("failure");
        assertThat(hub.verdicts(run))
                .containsExactly(
                        entry("a", "failure"),
                        entry("b", "skipped"),
                        entry("c", "skipped"),
                        entry("on-failure", "success"),
                        entry("always", "success"),
                        entry("in-spite", "success"),
                        entry("told", "skipped"),
                        entry("apart", "success"));
    }

    @Test
    void aSkippedJobSkipsAllThatWaitForIt() throws IOException {
        long run = dispatch(
                job("a", "if: false", "true"),
                job("b", "needs: a", "true"),
                job("c", "needs: b\n    if: success()", "true"));

        assertThat(conclusion(run)).isEqualTo("skipped");
        assertThat(hub.verdicts(run)).containsOnlyKeys("a", "b", "c").containsValue("skipped");
    }

    @Test
    void aRunMaySucceedInSpiteOfAJob() throws IOException {
        long run = dispatch(
                job("a", "continue-on-error: ${{ github.ref == 'refs/heads/main' }}", "exit 1"),
                job("b", "needs: a\n    if: needs.a.result == 'success'", "true"));

        assertThat(conclusion(run)).isEqualTo("success");
        assertThat(hub.verdicts(run)).containsExactly(entry("a", "failure"), entry("b", "success"));
    }

    @Test
    void aJobWhoseExpressionHasNoValueFailsAndSaysWhy() throws IOException {
        long run = dispatch(
                job("a", "if: fromJSON(github.ref)", "true"),
                job("b", "name: ${{ fromJSON(github.sha) }}", "true"),
                job("c", "needs: a\n    if: always()", "true"));

        assertThat(conclusion(run)).isEqualTo("failure");
        assertThat(hub.verdicts(run)).containsEntry("a", "failure").containsEntry("c", "success");
        assertThat(annotation(run, 0)).startsWith("Error when evaluating 'if' for job 'a'. ");
    }

    private String annotation(long run, int job) throws IOException {
        return Json.MAPPER
                .readTree(Files.readAllBytes(state.resolve("runs/" + run + "/run.json")))
                .path("attempts")
                .path(0)
                .path("jobs")
                .path(job)
                .path("annotations")
                .path(0)
                .path("message")
                .asText();
    }

    @Test
    void aCancelledRunStillRunsWhatRunsAlways() throws IOException {
        long run = dispatch(
                job("a", "", signals.give("began") + "; sleep 300"),
                job("steady", "if: always()", signals.give("steady") + "; " + signals.await("go")),
                job("next", "needs: a", "true"),
                job("cleanup", "needs: a\n    if: always()", signals.give("clean")),
                job("told", "needs: [a, cleanup]\n    if: cancelled()", "true"));
        signals.receive("began");
        signals.receive("steady");

        hub.post(Hub.repository("/actions/runs/" + run + "/cancel"), "");
        signals.receive("clean");
        signals.send("go");

        assertThat(conclusion(run)).isEqualTo("cancelled");
        assertThat(hub.verdicts(run))
                .containsExactly(
                        entry("a", "cancelled"),
                        entry("steady", "success"),
                        entry("next", "skipped"),
                        entry("cleanup", "success"),
                        entry("told", "success"));
    }

    @Test
    void aForcedCancelEndsAllAtOnce() throws IOException {
        long run = dispatch(
                job("a", "if: always()", "trap \"\" TERM; " + signals.give("began") + "; while :; do sleep 0.1; done"),
                job("cleanup", "needs: a\n    if: always()", signals.give("clean")));
        signals.receive("began");
        hub.post(Hub.repository("/actions/runs/" + run + "/cancel"), "");
        assertThat(hub.run(run).path("status").asText()).isEqualTo("in_progress");

        hub.post(Hub.repository("/actions/runs/" + run + "/force-cancel"), "");

        assertThat(conclusion(run)).isEqualTo("cancelled");
        assertThat(hub.verdicts(run)).containsExactly(entry("a", "cancelled"), entry("cleanup", "cancelled"));
        assertThat(folder.resolve("clean")).doesNotExist();
    }

    @Test
    void runsDoNotMix() throws IOException {
        String workflow = "on:\n  workflow_dispatch:\n    inputs: { word: }\njobs:\n"
                + job("a", "", "echo ${{ inputs.word }} > word; " + signals.await("go"))
                + job(
                        "b",
                        "needs: a\n    name: of ${{ inputs.word }}",
                        "test ${{ inputs.word }} != $(cat word 2>/dev/null || echo none)");
        hub.workflow(workflow);
        long one = hub.dispatch(Map.of("word", "one"));
        long two = hub.dispatch(Map.of("word", "two"));
        hub.awaitStatus(one, "in_progress");
        hub.awaitStatus(two, "in_progress");
        signals.send("go");

        assertThat(conclusion(one)).isEqualTo("success");
        assertThat(conclusion(two)).isEqualTo("success");
        assertThat(hub.verdicts(one)).containsOnlyKeys("a", "of one");
        assertThat(hub.verdicts(two)).containsOnlyKeys("a", "of two");
        assertThat(state.resolve("runs/" + one + "/workspaces/a/word")).hasContent("one");
        assertThat(state.resolve("runs/" + two + "/workspaces/a/word")).hasContent("two");
    }
}
