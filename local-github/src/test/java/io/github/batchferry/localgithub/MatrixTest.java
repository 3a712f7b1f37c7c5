package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixTest {
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

    @Test
    void everyCombinationIsAJobWithItsValues() throws IOException {
        hub.workflow("""
                on: workflow_dispatch
                jobs:
                  build:
                    runs-on: ${{ matrix.os }}
                    strategy:
                      matrix:
                        os: [ubuntu-22.04, ubuntu-24.04]
                        java: [17, 21, 25]
                        exclude: [ { os: ubuntu-22.04, java: 25 } ]
                        include:
                          - { java: 21, extra: "yes" }
                          - { os: self-hosted, java: 8 }
                    steps:
                      - run: echo "${{ matrix.os }} ${{ matrix.java }} ${{ matrix.extra }}
                          ${{ strategy.job-index }}/${{ strategy.job-total }}" >> %s/legs
                """.formatted(folder));

        long run = hub.dispatch();

        assertThat(conclusion(run)).isEqualTo("success");
        assertThat(Files.readAllLines(folder.resolve("legs")))
                .map(String::strip)
                .containsExactlyInAnyOrder(
                        "ubuntu-22.04 17  0/6",
                        "ubuntu-22.04 21 yes 1/6",
                        "ubuntu-24.04 17  2/6",
                        "ubuntu-24.04 21 yes 3/6",
                        "ubuntu-24.04 25  4/6",
                        "self-hosted 8  5/6");
        assertThat(hub.verdicts(run))
                .containsOnlyKeys(
                        "build (ubuntu-22.04, 17)",
                        "build (ubuntu-22.04, 21)",
                        "build (ubuntu-24.04, 17)",
                        "build (ubuntu-24.04, 21)",
                        "build (ubuntu-24.04, 25)",
                        "build (self-hosted, 8)");
        assertThat(hub.jobs(run).path(5).path("labels").path(0).asText()).isEqualTo("self-hosted");
    }

    private static String waiting(String strategy, String script) {
        return """
                on: workflow_dispatch
                jobs:
                  build:
                    runs-on: ubuntu-24.04
                    %s
                    strategy:
                      %s
                      matrix: { leg: [1, 2, 3, 4] }
                    steps: [ { run: '%s' } ]
                """.formatted("", strategy, script);
    }

    @Test
    void aFailureCancelsTheOtherLegs() throws IOException {
        String script = "if [ ${{ matrix.leg }} = 2 ]; then " + signals.await("began") + "; exit 1; fi; "
                + "if [ ${{ matrix.leg }} = 1 ]; then " + signals.give("began") + "; sleep 300; fi; sleep 0.1";
        hub.workflow(waiting("max-parallel: 2", script));

        long run = hub.dispatch();

        assertThat(conclusion(run)).isEqualTo("failure");
        assertThat(hub.verdicts(run))
                .containsExactly(
                        entry("build (1)", "cancelled"),
                        entry("build (2)", "failure"),
                        entry("build (3)", "cancelled"),
                        entry("build (4)", "cancelled"));
        assertThat(Files.readString(state.resolve("runs/" + run + "/run.json")))
                .contains("The strategy configuration was canceled because \\\"build._2\\\" failed");
    }

    @Test
    void withoutFailFastTheOthersGoOn() throws IOException {
        hub.workflow(waiting("fail-fast: false", "test ${{ matrix.leg }} != 2"));

        long run = hub.dispatch();

        assertThat(conclusion(run)).isEqualTo("failure");
        assertThat(hub.verdicts(run)).containsEntry("build (2)", "failure").containsEntry("build (4)", "success");
    }

    @Test
    void atMostSoManyLegsRunAtTheSameTime() throws IOException {
        hub.workflow(waiting(
                "max-parallel: 2",
                "touch %s/on-${{ matrix.leg }}; ls %s | grep -c on- >> %s/counts; sleep 0.2; rm %s/on-${{ matrix.leg }}"
                        .formatted(folder, folder, folder, folder)));

        assertThat(conclusion(hub.dispatch())).isEqualTo("success");

        assertThat(Files.readAllLines(folder.resolve("counts"))).hasSize(4).isSubsetOf("1", "2");
    }

    @Test
    void aTolerableLegNeitherFailsTheRunNorStopsTheOthers() throws IOException {
        hub.workflow(waiting("fail-fast: true", "test ${{ matrix.leg }} != 2; " + signals.give("${{ matrix.leg }}"))
                .replace("    strategy:", "    continue-on-error: ${{ matrix.leg == 2 }}\n    strategy:"));

        long run = hub.dispatch();

        assertThat(conclusion(run)).isEqualTo("success");
        assertThat(hub.verdicts(run)).containsEntry("build (2)", "failure").containsEntry("build (4)", "success");
    }

    @Test
    void aMatrixThatIsTooLargeIsRefused() throws IOException {
        List<Integer> many = IntStream.range(0, 17).boxed().toList();
        hub.workflow(waiting("fail-fast: true", "true")
                .replace("{ leg: [1, 2, 3, 4] }", "{ a: " + many + ", b: " + many + " }"));

        JsonNode answer = Hub.json(hub.tryDispatch(Map.of()));

        assertThat(answer.path("message").asText())
                .isEqualTo(".github/workflows/job.yml: Error when evaluating 'strategy' for job 'build'. "
                        + "Matrix has more than 256 combinations");
    }
}
