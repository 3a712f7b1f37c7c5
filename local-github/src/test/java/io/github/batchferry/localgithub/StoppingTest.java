package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.execution.ProcessCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoppingTest {
    /** A step with a child, a grandchild, and one that left the process group; it writes down all their numbers. */
    private static final String[] FAMILY = {
        "sleep 300 & echo $! >> pids",
        "bash -c 'sleep 301 & echo $! >> pids; wait' & echo $! >> pids",
        "bash -mc 'sleep 302 & echo $! >> pids'",
        "echo $$ >> pids",
        "touch ready",
        "wait"
    };

    @TempDir
    Path state;

    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(LocalGitHub.at(state).stopGrace(Duration.ofMillis(700)));
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private long dispatchAndAwait(String file) {
        long run = hub.dispatch();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> Files.exists(hub.workspace(state, run).resolve(file)));
        return run;
    }

    private List<Long> pids(long run) throws IOException {
        try (var lines = Files.lines(hub.workspace(state, run).resolve("pids"))) {
            return lines.map(Long::parseLong).toList();
        }
    }

    private String cancel(long run, String how) {
        var response = hub.post(Hub.repository("/actions/runs/" + run + "/" + how), "{}");
        return response.statusCode() + " " + response.body();
    }

    @Test
    void aCancelledRunLeavesNoProcess() throws IOException {
        hub.script(FAMILY);
        long run = dispatchAndAwait("ready");
        List<Long> pids = pids(run);
        assertThat(pids).hasSize(5).allMatch(ProcessCheck::alive);

        assertThat(cancel(run, "cancel")).isEqualTo("202 {}");

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("cancelled");
        assertThat(pids).noneMatch(ProcessCheck::alive);
        JsonNode job = hub.job(run);
        assertThat(job.path("conclusion").asText()).isEqualTo("cancelled");
        assertThat(job.path("steps").path(1).path("conclusion").asText()).isEqualTo("cancelled");
        assertThat(hub.log(run)).contains("##[error]The operation was canceled.");
        assertThat(cancel(run, "cancel")).startsWith("409 ");
        assertThat(cancel(run, "force-cancel")).startsWith("409 ");
    }

    @Test
    void aCancelledStepMayStillFinishItsWorkWithItsToken() throws IOException {
        hub.close();
        hub = new Hub(LocalGitHub.at(state).stopGrace(Duration.ofSeconds(20)));
        hub.workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                      - env: { TOKEN: "${{ github.token }}" }
                        run: |
                          checkpoint() {
                            sleep 0.3 &&
                              curl -sf -H "Authorization: Bearer $TOKEN" "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY" > saved
                            exit 0
                          }
                          trap checkpoint TERM
                          touch ready
                          while :; do read -rt 0.05 <> <(:) || true; done
                """);
        long run = dispatchAndAwait("ready");

        cancel(run, "cancel");

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("cancelled");
        assertThat(hub.workspace(state, run).resolve("saved")).content().contains("acme/runner");
    }

    @Test
    void aStepThatIgnoresTheRequestIsKilledAfterTheGrace() throws IOException {
        hub.script("trap '' TERM", "echo $$ > pids", "touch ready", "while :; do sleep 0.1; done");
        long run = dispatchAndAwait("ready");

        cancel(run, "cancel");

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("cancelled");
        assertThat(pids(run)).noneMatch(ProcessCheck::alive);
    }

    @Test
    void aForcedCancelDoesNotWait() throws IOException {
        hub.close();
        hub = new Hub(LocalGitHub.at(state).stopGrace(Duration.ofMinutes(5)));
        hub.script("trap '' TERM", "echo $$ > pids", "touch ready", "while :; do sleep 0.1; done");
        long run = dispatchAndAwait("ready");
        cancel(run, "cancel");
        assertThat(hub.run(run).path("status").asText()).isEqualTo("in_progress");

        assertThat(cancel(run, "force-cancel")).isEqualTo("202 {}");

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("cancelled");
        assertThat(pids(run)).noneMatch(ProcessCheck::alive);
    }

    @Test
    void whatAStepLeavesInTheBackgroundLivesUntilTheJobIsOver() throws IOException {
        hub.workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                      - run: sleep 300 & echo $! > pids
                      - run: kill -0 "$(cat pids)"
                """);

        long run = hub.dispatch();

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("success");
        assertThat(pids(run)).noneMatch(ProcessCheck::alive);
        assertThat(hub.log(run))
                .contains("Terminate orphan process: pid (" + pids(run).get(0) + ")");
    }

    @Test
    void aStepThatTakesTooLongFailsAndAJobTimesOut() throws IOException {
        String workflow = """
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    timeout-minutes: %s
                    steps:
                      - name: Wait
                        timeout-minutes: %s
                        run: echo $$ > pids; sleep 300
                """;
        hub.workflow(workflow.formatted("10", "0.005"));
        long step = hub.dispatch();
        hub.workflow(workflow.formatted("0.005", "10"));
        long job = hub.dispatch();

        assertThat(hub.awaitEnd(step).path("conclusion").asText()).isEqualTo("failure");
        assertThat(hub.log(step)).contains("##[error]The action 'Wait' has timed out after");
        assertThat(hub.awaitEnd(job).path("conclusion").asText()).isEqualTo("timed_out");
        assertThat(hub.log(job)).contains("##[error]The job has exceeded its maximum execution time.");
        assertThat(pids(step)).noneMatch(ProcessCheck::alive);
        assertThat(pids(job)).noneMatch(ProcessCheck::alive);
    }

    @Test
    void aRunningRunCannotBeRunAgain() throws IOException {
        hub.script(FAMILY);
        long run = dispatchAndAwait("ready");

        assertThat(cancel(run, "rerun")).startsWith("403 ");
    }

    @Test
    void closingStopsEverything() throws IOException {
        hub.script(FAMILY);
        long run = dispatchAndAwait("ready");
        List<Long> pids = pids(run);

        hub.close();

        assertThat(pids).noneMatch(ProcessCheck::alive);
        hub = new Hub(state);
        assertThat(hub.run(run).path("conclusion").asText()).isEqualTo("cancelled");
    }

    @Test
    void aJobsTokenIsWorthNothingOnceTheJobIsOver() throws IOException {
        hub.workflow("""
                on: workflow_dispatch
                permissions: { contents: read }
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                      - env: { TOKEN: "${{ secrets.GITHUB_TOKEN }}" }
                        run: |
                          echo "$TOKEN" > token
                          status() { curl -s -o /dev/null -w '%{http_code} ' -H "Authorization: token $TOKEN" "$@" >> statuses; }
                          status "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/contents/.github"
                          status "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/actions/runs"
                          status "$GITHUB_API_URL/user"
                          status "$GITHUB_API_URL/repos/acme/other"
                          status -X POST -d '{"ref":"main"}' \\
                            "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/actions/workflows/job.yml/dispatches"
                """);
        hub.github.createRepository(Hub.OWNER, "other");

        long run = hub.dispatch();
        hub.awaitEnd(run);

        assertThat(hub.workspace(state, run).resolve("statuses")).hasContent("200 403 403 404 403 ");
        String token =
                Files.readString(hub.workspace(state, run).resolve("token")).strip();
        assertThat(hub.send(hub.request(Hub.repository("")).header("Authorization", "token " + token))
                        .statusCode())
                .isEqualTo(401);
    }
}
