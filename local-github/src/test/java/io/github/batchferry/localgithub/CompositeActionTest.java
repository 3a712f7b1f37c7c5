package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Actions of the workspace that are made of steps. */
class CompositeActionTest {
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

    private Hub steps(String steps) throws IOException {
        return hub.workflow("""
                on: workflow_dispatch
                env: { OF_WORKFLOW: w }
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                """ + steps.indent(6));
    }

    private List<String> said(long run) {
        return hub.log(run).lines().map(line -> line.substring(29)).toList();
    }

    @Test
    void anActionHasInputsStepsAndOutputsOfItsOwn() throws IOException {
        hub.file("greet/action.yml", """
                name: Greet
                inputs:
                  who: { default: "${{ github.actor }}" }
                  how: { default: softly, deprecationMessage: gone soon }
                  Loud: {}
                outputs:
                  said: { value: "${{ steps.say.outputs.text }} ${{ inputs.how }}" }
                runs:
                  using: composite
                  steps:
                    - id: say
                      shell: bash
                      env: { NEAR: "${{ env.OUTER }}-${{ env.OF_WORKFLOW }}" }
                      run: |
                        echo "text=hello ${{ inputs.who }}" >> "$GITHUB_OUTPUT"
                        echo "near $NEAR, outer $OUTER, no input ${INPUT_WHO:-none}"
                        echo "in ${GITHUB_ACTION_PATH##*/} = $(basename "${{ github.action_path }}"), id ${{ github.action }}"
                        echo "job sees ${{ steps.same.outputs.x || 'nothing' }}"
                        echo "LATER=l" >> "$GITHUB_ENV"
                    - { id: same, if: "inputs.loud == 'yes'", shell: bash, run: echo loud }
                    - { shell: bash, run: "echo then ${{ steps.same.outcome }}" }
                """);
        steps("""
                - uses: actions/checkout@v4
                - { id: same, run: 'echo "x=1" >> "$GITHUB_OUTPUT"' }
                - { id: greet, uses: ./greet, with: { WHO: World, how: loudly, other: 1 }, env: { OUTER: o } }
                - run: echo "${{ steps.greet.outputs.said }}, ${{ steps.say.outcome || 'none' }}, $LATER, ${OUTER:-gone}"
                """);

        long run = hub.dispatch();

        assertThat(hub.awaitEnd(run).path("conclusion").asText())
                .as(hub.log(run))
                .isEqualTo("success");
        assertThat(said(run))
                .contains(
                        "near o-w, outer o, no input none",
                        "in greet = greet, id say",
                        "job sees nothing",
                        "then skipped",
                        "hello World loudly, none, l, gone",
                        "##[warning]Input 'how' has been deprecated with message: gone soon",
                        "##[warning]Unexpected input(s) 'other', valid inputs are ['who', 'how', 'Loud']");
        assertThat(hub.job(run).path("steps").findValuesAsText("name")).contains("Run ./greet");
    }

    @Test
    void aFailureWithinFailsTheActionUnlessItIsCaughtThere() throws IOException {
        hub.file("fail/action.yml", """
                runs:
                  using: composite
                  steps:
                    - { shell: bash, run: exit 1, continue-on-error: true }
                    - { shell: bash, run: "echo still ${{ github.action_status }}" }
                    - { shell: bash, run: exit 4 }
                    - { shell: bash, run: echo not reached }
                    - { shell: bash, run: "echo cleaned ${{ job.status }} ${{ github.action_status }}", if: failure() }
                """);
        steps("""
                - uses: actions/checkout@v4
                - { id: bad, uses: ./fail, continue-on-error: true }
                - { run: "echo after ${{ steps.bad.outcome }} ${{ steps.bad.conclusion }}" }
                - { uses: ./fail }
                - { run: echo never }
                """);

        long run = hub.dispatch();

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("failure");
        assertThat(said(run))
                .contains("still success", "cleaned success failure", "after failure success")
                .doesNotContain("not reached", "never");
    }

    @Test
    void actionsMayUseActions() throws IOException {
        hub.file("outer/action.yml", """
                inputs: { a: {} }
                outputs: { b: { value: "${{ steps.i.outputs.b }}" } }
                runs:
                  using: composite
                  steps:
                    - { uses: actions/checkout@v4, with: { path: copy } }
                    - { id: i, uses: ./copy/inner, with: { a: "${{ inputs.a }}+" } }
                """);
        hub.file("inner/action.yaml", """
                inputs: { a: {} }
                outputs: { b: { value: "<${{ inputs.a }}${{ steps.s.outputs.dir }}>" } }
                runs:
                  using: composite
                  steps: [{ id: s, shell: sh, run: 'echo "dir=${GITHUB_ACTION_PATH##*/}" >> "$GITHUB_OUTPUT"' }]
                """);
        steps("""
                - uses: actions/checkout@v4
                - { id: o, name: Nested, uses: ./outer, with: { a: 1 } }
                - run: echo "${{ steps.o.outputs.b }}"
                """);

        long run = hub.dispatch();

        assertThat(hub.awaitEnd(run).path("conclusion").asText())
                .as(hub.log(run))
                .isEqualTo("success");
        assertThat(said(run)).contains("<1+inner>");
        assertThat(hub.job(run).path("steps").findValuesAsText("name"))
                .containsExactly(
                        "Set up job",
                        "Run actions/checkout@v4",
                        "Nested",
                        "Run echo \"<1+inner>\"",
                        "Post Nested",
                        "Post Run actions/checkout@v4",
                        "Complete job");
        assertThat(hub.job(run).path("steps").findValuesAsText("number"))
                .containsExactly("1", "2", "3", "4", "5", "6", "7");
    }

    @Test
    void anActionThatUsesItselfEnds() throws IOException {
        hub.file("again/action.yml", """
                runs: { using: composite, steps: [{ uses: ./again }] }
                """);
        steps("""
                - uses: actions/checkout@v4
                - uses: ./again
                """);

        long run = hub.dispatch();

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("failure");
        assertThat(said(run)).contains("##[error]Composite action depth exceeded max depth 10");
    }

    @Test
    void anActionThatIsNotThereOrIsNoneIsNamed() throws IOException {
        steps("""
                - uses: ./greet
                """);
        long run = hub.dispatch();
        hub.awaitEnd(run);

        assertThat(hub.log(run))
                .contains("##[error]Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '")
                .contains("/greet'. Did you forget to run actions/checkout before running your local action?");

        hub.file("node/action.yml", "runs: { using: node20, main: index.js }\n");
        steps("""
                - uses: actions/checkout@v4
                - uses: ./node
                """);
        assertThat(hub.tryDispatch(Map.of()).body()).contains("node/action.yml:1: ", "node20");
    }

    @Test
    void theTimeOfAStepEndsAllOfItsAction() throws IOException {
        hub.file("slow/action.yml", """
                runs:
                  using: composite
                  steps:
                    - { shell: bash, run: sleep 300 }
                    - { shell: bash, run: echo late, if: always() }
                """);
        steps("""
                - uses: actions/checkout@v4
                - { uses: ./slow, timeout-minutes: 0.005, name: Slow }
                - { run: echo next, if: always() }
                """);

        long run = hub.dispatch();

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("failure");
        assertThat(said(run))
                .contains("##[error]The action 'Slow' has timed out after 1 minutes.", "next")
                .doesNotContain("late");
        assertThat(hub.job(run).path("steps").findValuesAsText("conclusion"))
                .startsWith("success", "success", "failure", "success");
    }

    @Test
    void afterACancellationAnActionMayTidyUp() throws IOException {
        hub.file("tidy/action.yml", """
                runs:
                  using: composite
                  steps:
                    - { shell: bash, run: "touch ready; sleep 300" }
                    - { shell: bash, run: echo plain }
                    - { shell: bash, run: "echo tidied ${{ job.status }}", if: always() }
                """);
        steps("""
                - uses: actions/checkout@v4
                - uses: ./tidy
                """);
        long run = hub.dispatch();
        Path ready = hub.workspace(state, run).resolve("ready");
        await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(ready));

        hub.post(Hub.repository("/actions/runs/" + run + "/cancel"), "{}");

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("cancelled");
        assertThat(said(run)).contains("tidied cancelled").doesNotContain("plain");
        assertThat(hub.job(run).path("steps").findValuesAsText("conclusion"))
                .containsExactly("success", "success", "cancelled", "success", "success");
    }

    @Test
    void aDispatchGivesAnActionWhatItNeeds() throws IOException {
        hub.file("echo/action.yml", """
                inputs: { text: { default: "${{ github.event.inputs.none || 'none' }}" } }
                runs:
                  using: composite
                  steps: [{ shell: bash, run: "echo 'text ${{ inputs.text }}'; pwd > where", working-directory: echo }]
                """);
        steps("""
                - uses: actions/checkout@v4
                - uses: ./echo
                - run: test -e echo/where
                """);

        assertThat(hub.logOfSuccess(Map.of())).contains(" text none\n");
    }
}
