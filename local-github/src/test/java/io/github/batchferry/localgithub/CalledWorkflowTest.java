package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalledWorkflowTest {
    private static final String CALLED = ".github/workflows/called.yml";

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

    private String conclusion(long run) {
        return hub.awaitEnd(run).path("conclusion").asText();
    }

    private String refusal() {
        JsonNode answer = Hub.json(hub.tryDispatch(Map.of()));
        return answer.path("message").asText();
    }

    @Test
    void aCalledWorkflowTakesTheCallersPlaceWithInputsAndSecretsOfItsOwn() throws IOException {
        hub.github.setSecret(Hub.OWNER, Hub.NAME, "KEY", "the-key");
        hub.file(CALLED, """
                on:
                  workflow_call:
                    inputs:
                      flag: { type: boolean, required: true }
                      number: { type: number, default: 2 }
                      text: { type: string, default: "${{ github.ref_name }}" }
                    secrets: { given: { required: true } }
                jobs:
                  first:
                    runs-on: ubuntu-24.04
                    steps:
                      - env:
                          GIVEN: ${{ secrets.given }}
                          TOKEN: ${{ secrets.token }}
                          ALL: ${{ toJSON(inputs) }}
                        run: |
                          echo "$ALL" | tr -d ' \\n' > %1$s/inputs
                          echo "${GIVEN:-none} ${{ secrets.KEY || 'hidden' }} ${OUTER:-unset}" > %1$s/seen
                          jq -r .inputs.word "$GITHUB_EVENT_PATH" > %1$s/event
                  second:
                    needs: first
                    if: inputs.flag && inputs.number == 2
                    runs-on: ubuntu-24.04
                    steps: [ { run: "true" } ]
                """.formatted(folder)).workflow("""
                on:
                  workflow_dispatch:
                    inputs: { word: }
                env: { OUTER: seen }
                jobs:
                  before:
                    runs-on: ubuntu-24.04
                    steps: [ { run: "true" } ]
                  call:
                    needs: before
                    name: Call it
                    uses: ./.github/workflows/called.yml
                    with: { flag: true }
                    secrets: { given: "${{ secrets.KEY }}" }
                  after:
                    needs: call
                    runs-on: ubuntu-24.04
                    steps: [ { run: "true" } ]
                """);

        long run = hub.dispatch(Map.of("word", "hello"));

        assertThat(conclusion(run)).isEqualTo("success");
        assertThat(hub.verdicts(run))
                .containsExactly(
                        entry("before", "success"),
                        entry("Call it / first", "success"),
                        entry("Call it / second", "success"),
                        entry("after", "success"));
        assertThat(folder.resolve("inputs")).hasContent("{\"flag\":true,\"number\":2,\"text\":\"main\"}");
        assertThat(folder.resolve("seen")).hasContent("the-key hidden unset");
        assertThat(folder.resolve("event")).hasContent("hello");
        assertThat(hub.run(run).path("status").asText()).isEqualTo("completed");
    }

    @Test
    void callsNestMultiplyAndInherit() throws IOException {
        hub.github.setSecret(Hub.OWNER, Hub.NAME, "KEY", "the-key");
        hub.file(CALLED, """
                on:
                  workflow_call:
                    inputs: { who: { type: string } }
                jobs:
                  inner:
                    uses: ./.github/workflows/deep.yml
                    secrets: inherit
                    with: { who: "${{ inputs.who }}!" }
                """)
                .file(".github/workflows/deep.yml", """
                on:
                  workflow_call:
                    inputs: { who: { type: string } }
                jobs:
                  leaf:
                    runs-on: ubuntu-24.04
                    strategy: { matrix: { n: [1, 2] } }
                    steps: [ { run: "echo ${{ inputs.who }}-${{ matrix.n }}-${{ secrets.KEY == 'the-key' }} >> %s/all" } ]
                """.formatted(folder))
                .workflow("""
                on: workflow_dispatch
                jobs:
                  call:
                    strategy: { matrix: { who: [a, b] } }
                    uses: ./.github/workflows/called.yml
                    secrets: inherit
                    with: { who: "${{ matrix.who }}" }
                """);

        long run = hub.dispatch();

        assertThat(conclusion(run)).isEqualTo("success");
        assertThat(hub.verdicts(run))
                .containsOnlyKeys(
                        "call (a) / inner / leaf (1)",
                        "call (a) / inner / leaf (2)",
                        "call (b) / inner / leaf (1)",
                        "call (b) / inner / leaf (2)");
        assertThat(Files.readAllLines(folder.resolve("all")))
                .containsExactlyInAnyOrder("a!-1-true", "a!-2-true", "b!-1-true", "b!-2-true");
        assertThat(Files.readString(state.resolve("runs/" + run + "/run.json")))
                .contains("\"key\":\"call#2/inner/leaf#1\"")
                .contains("{\"path\":\"acme/runner/.github/workflows/deep.yml@refs/heads/main\"");
    }

    @Test
    void aWorkflowOfAnotherRepositoryIsCalledAtItsRef() throws IOException {
        hub.github.createRepository("acme", "shared");
        hub.github.commit("acme", "shared", "Add", Map.of(".github/workflows/theirs.yml", """
                on: workflow_call
                permissions: { contents: read }
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps: [ { run: "echo $GITHUB_REPOSITORY > %s/repository" } ]
                """.formatted(folder)
                .getBytes(StandardCharsets.UTF_8)));
        hub.workflow("""
                on: workflow_dispatch
                jobs:
                  call:
                    uses: acme/shared/.github/workflows/theirs.yml@main
                """);

        long run = hub.dispatch();

        assertThat(conclusion(run)).isEqualTo("success");
        assertThat(folder.resolve("repository")).hasContent("acme/runner");
    }

    @Test
    void aFailureInsideFailsTheCallerAndIsSkippedWithIt() throws IOException {
        hub.file(CALLED, """
                on: workflow_call
                jobs:
                  bad:
                    runs-on: ubuntu-24.04
                    steps: [ { run: exit 1 } ]
                """).workflow("""
                on: workflow_dispatch
                jobs:
                  call:
                    uses: ./.github/workflows/called.yml
                  left-out:
                    if: false
                    uses: ./.github/workflows/called.yml
                  after:
                    needs: call
                    runs-on: ubuntu-24.04
                    steps: [ { run: "true" } ]
                  told:
                    needs: [call, left-out]
                    if: always() && needs.call.result == 'failure' && needs.left-out.result == 'skipped'
                    runs-on: ubuntu-24.04
                    steps: [ { run: "true" } ]
                """);

        long run = hub.dispatch();

        assertThat(conclusion(run)).isEqualTo("failure");
        assertThat(hub.verdicts(run))
                .containsExactly(
                        entry("call / bad", "failure"),
                        entry("left-out", "skipped"),
                        entry("after", "skipped"),
                        entry("told", "success"));
    }

    @Test
    void aCancelledRunStopsWhatItCalls() throws IOException {
        hub.file(CALLED, """
                on: workflow_call
                jobs:
                  long:
                    runs-on: ubuntu-24.04
                    steps: [ { run: "%s; sleep 300" } ]
                  cleanup:
                    needs: long
                    if: always()
                    runs-on: ubuntu-24.04
                    steps: [ { run: "true" } ]
                """.formatted(signals.give("began")))
                .workflow("on: workflow_dispatch\njobs:\n  call:\n    uses: ./.github/workflows/called.yml\n");
        long run = hub.dispatch();
        signals.receive("began");

        hub.post(Hub.repository("/actions/runs/" + run + "/cancel"), "");

        assertThat(conclusion(run)).isEqualTo("cancelled");
        assertThat(hub.verdicts(run))
                .containsExactly(entry("call / long", "cancelled"), entry("call / cleanup", "success"));
    }

    @Test
    void whatDoesNotFitIsRefusedAllAtOnce() throws IOException {
        hub.file(CALLED, """
                on:
                  workflow_call:
                    inputs:
                      needed: { type: string, required: true }
                      flag: { type: boolean }
                    secrets: { key: { required: true } }
                jobs:
                  writes:
                    permissions: { contents: write, issues: read }
                    runs-on: ubuntu-24.04
                    steps: [ { run: "true" } ]
                """).workflow("""
                on: workflow_dispatch
                permissions: { contents: read }
                jobs:
                  call:
                    uses: ./.github/workflows/called.yml
                    with: { flag: maybe, other: 1 }
                    secrets: { another: x }
                  not-there:
                    runs-on: ubuntu-24.04
                    steps: [ { run: "true" } ]
                """);

        String error = ".github/workflows/job.yml: Error calling workflow"
                + " 'acme/runner/.github/workflows/called.yml@refs/heads/main'. ";
        assertThat(refusal().lines())
                .containsExactly(
                        error + "Input needed is required, but not provided while calling.",
                        error + "Invalid input, other is not defined in the referenced workflow.",
                        error + "The value of the input 'flag' must be a boolean, found 'maybe'",
                        error + "Secret key is required, but not provided while calling.",
                        error + "Invalid secret, another is not defined in the referenced workflow.",
                        error
                                + "The nested job 'writes' is requesting 'contents: write, issues: read', but is only allowed"
                                + " 'contents: read, issues: none'.");
        assertThat(hub.json(Hub.repository("/actions/runs")).path("total_count").asInt())
                .isZero();
    }

    @Test
    void whatCannotBeReadIsRefused() throws IOException {
        hub.file(CALLED, """
                on: { workflow_call: }
                jobs:
                  again: { uses: ./.github/workflows/job.yml }
                """).file(".github/workflows/plain.yml", """
                on: push
                jobs: { job: { runs-on: ubuntu-24.04, steps: [ { run: "true" } ] } }
                """).workflow("""
                on: { workflow_dispatch: , workflow_call: }
                jobs:
                  around: { uses: ./.github/workflows/called.yml }
                  missing: { uses: ./.github/workflows/nothing.yml }
                  strange: { uses: other/place/.github/workflows/a.yml@v1 }
                """);

        assertThat(refusal())
                .contains("called.yml: the job `again` calls `./.github/workflows/job.yml`, which calls it")
                .contains("find no workflow `acme/runner/.github/workflows/nothing.yml@refs/heads/main`")
                .contains(
                        "job.yml: the job `strange` calls `other/place/.github/workflows/a.yml@v1`, but the embedded GitHub"
                                + " hosts no repository `other/place`");
    }

    @Test
    void actionsOfTheCommitAreCheckedBeforeAnythingRuns() throws IOException {
        hub.file(".github/actions/outer/action.yml", """
                name: Outer
                runs: { using: composite, steps: [ { uses: ./.github/actions/inner } ] }
                """)
                .file(".github/actions/inner/action.yaml", """
                name: Inner
                runs: { using: node20, main: index.js }
                """)
                .workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps: [ { uses: ./.github/actions/outer }, { uses: ./not/there/yet } ]
                """);

        assertThat(refusal())
                .startsWith(".github/actions/inner/action.yaml:2: ")
                .contains("node20");
    }
}
