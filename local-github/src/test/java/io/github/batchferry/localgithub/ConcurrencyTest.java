package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {
    private static final String WORKFLOW = """
            on:
              workflow_dispatch:
                inputs: { key: }
            concurrency:
              group: group-${{ inputs.key }}
              cancel-in-progress: %s
            jobs:
              job:
                runs-on: ubuntu-24.04
                steps:
                  - run: while [ ! -e go ]; do sleep 0.05; done
            """;

    @TempDir
    Path state;

    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(LocalGitHub.at(state).stopGrace(Duration.ofMillis(500)).jobsAtOnce(2));
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private long dispatch(String key) {
        return hub.dispatch(Map.of("key", key));
    }

    private void letGo(long run) throws IOException {
        hub.awaitStatus(run, "in_progress");
        Files.createDirectories(hub.workspace(state, run));
        Files.createFile(hub.workspace(state, run).resolve("go"));
    }

    private String conclusion(long run) {
        return hub.awaitEnd(run).path("conclusion").asText();
    }

    @Test
    void oneRunOfAGroupRunsOneWaitsAndAnOlderWaitingOneIsCancelled() throws IOException {
        hub.workflow(WORKFLOW.formatted("false"));
        long first = dispatch("a");
        hub.awaitStatus(first, "in_progress");
        long second = dispatch("a");
        long other = dispatch("b");
        assertThat(hub.run(second).path("status").asText()).isEqualTo("pending");

        long third = dispatch("A"); // names of groups ignore case

        assertThat(conclusion(second)).isEqualTo("cancelled");
        hub.awaitStatus(other, "in_progress");
        assertThat(hub.run(first).path("status").asText()).isEqualTo("in_progress");
        assertThat(hub.run(third).path("status").asText()).isEqualTo("pending");
        assertThat(hub.job(third).path("status").asText()).isEqualTo("pending");
        letGo(other);
        letGo(first);
        letGo(third);
        assertThat(conclusion(first)).isEqualTo("success");
        assertThat(conclusion(third)).isEqualTo("success");
    }

    @Test
    void aNewRunMayStopTheOneThatRuns() throws IOException {
        hub.workflow(WORKFLOW.formatted("true"));
        long first = dispatch("a");
        hub.awaitStatus(first, "in_progress");

        long second = dispatch("a");

        assertThat(conclusion(first)).isEqualTo("cancelled");
        letGo(second);
        assertThat(conclusion(second)).isEqualTo("success");
    }

    @Test
    void moreRunsThanPlacesWaitInTheQueue() throws IOException {
        hub.workflow(WORKFLOW.formatted("false"));
        long first = dispatch("a");
        long second = dispatch("b");
        hub.awaitStatus(first, "in_progress");
        hub.awaitStatus(second, "in_progress");
        long third = dispatch("c");
        long fourth = dispatch("d");

        assertThat(hub.run(third).path("status").asText()).isEqualTo("queued");
        assertThat(hub.post(Hub.repository("/actions/runs/" + third + "/cancel"), "")
                        .statusCode())
                .isEqualTo(202);
        assertThat(hub.run(third).path("conclusion").asText()).isEqualTo("cancelled");
        letGo(first);
        letGo(second);
        letGo(fourth);
        assertThat(conclusion(fourth)).isEqualTo("success");
    }

    @Test
    void aCancelledWaitingRunMakesWayForAnother() throws IOException {
        hub.workflow(WORKFLOW.formatted("false"));
        long first = dispatch("a");
        long waiting = dispatch("a");
        hub.post(Hub.repository("/actions/runs/" + waiting + "/cancel"), "");
        assertThat(conclusion(waiting)).isEqualTo("cancelled");

        hub.post(Hub.repository("/actions/runs/" + waiting + "/rerun"), "");

        assertThat(hub.run(waiting).path("status").asText()).isEqualTo("pending");
        letGo(first);
        letGo(waiting);
        assertThat(conclusion(waiting)).isEqualTo("success");
        assertThat(hub.run(waiting).path("run_attempt").asInt()).isEqualTo(2);
    }
}
