package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RerunApiTest {
    @TempDir
    Path state;

    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state).workflow("""
                on: workflow_dispatch
                jobs:
                  good:
                    runs-on: ubuntu-24.04
                    steps:
                      - run: |
                          echo "debug is ${RUNNER_DEBUG:-off}"
                          echo "::debug::told more"
                  bad:
                    runs-on: ubuntu-24.04
                    steps:
                      - run: exit 1
                """);
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private long failed() {
        long run = hub.dispatch();
        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("failure");
        return run;
    }

    /** The jobs of a run's latest attempt, name to the attempt in which they ran. */
    private Map<String, Integer> attempts(long run) {
        Map<String, Integer> attempts = new LinkedHashMap<>();
        hub.json(Hub.repository("/actions/runs/" + run + "/jobs"))
                .path("jobs")
                .forEach(job -> attempts.put(
                        job.path("name").asText(), job.path("run_attempt").asInt()));
        return attempts;
    }

    private long job(long run, String name) {
        for (JsonNode job :
                hub.json(Hub.repository("/actions/runs/" + run + "/jobs")).path("jobs")) {
            if (job.path("name").asText().equals(name)) {
                return job.path("id").asLong();
            }
        }
        throw new AssertionError("no job " + name);
    }

    private HttpResponse<String> post(String path, String body) {
        return hub.post(Hub.repository("/actions" + path), body);
    }

    @Test
    void failedJobsRunAgainAndTheOthersAreTakenOver() {
        long run = failed();

        HttpResponse<String> response = post("/runs/" + run + "/rerun-failed-jobs", "");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        hub.awaitEnd(run);
        assertThat(attempts(run)).containsEntry("good", 1).containsEntry("bad", 2);
    }

    @Test
    void aSingleJobRunsAgain() {
        long run = failed();

        HttpResponse<String> response = post("/jobs/" + job(run, "good") + "/rerun", "{}");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        hub.awaitEnd(run);
        assertThat(attempts(run)).containsEntry("good", 2).containsEntry("bad", 1);
        assertThat(hub.run(run).path("triggering_actor").path("login").asText()).isEqualTo("local");
    }

    @Test
    void aReRunTellsMoreWhenThatIsWanted() {
        long run = failed();
        assertThat(log(run, "good")).contains("debug is off").doesNotContain("##[debug]told more");

        post("/runs/" + run + "/rerun", "{\"enable_debug_logging\":true}");

        hub.awaitEnd(run);
        assertThat(log(run, "good")).contains("debug is 1", "##[debug]told more");
        post("/runs/" + run + "/rerun", "{\"enable_debug_logging\":false}");
        hub.awaitEnd(run);
        assertThat(log(run, "good")).contains("debug is off");
    }

    private String log(long run, String job) {
        HttpResponse<String> redirect = hub.get(Hub.repository("/actions/jobs/" + job(run, job) + "/logs"));
        return hub.send(hub.request(redirect.headers().firstValue("Location").orElseThrow()))
                .body();
    }

    @Test
    void whatStillRunsIsNotRunAgainAndWhatIsOverNotCancelled() throws IOException {
        hub.script("mkfifo gate", "while [ ! -e go ]; do read -rt 0.05 <> gate || true; done");
        long run = hub.dispatch();
        hub.awaitStatus(run, "in_progress");
        for (String path : new String[] {
            "/runs/" + run + "/rerun", "/runs/" + run + "/rerun-failed-jobs", "/jobs/" + job(run, "job") + "/rerun"
        }) {
            HttpResponse<String> response = post(path, "");
            assertThat(response.statusCode()).as(path).isEqualTo(403);
            assertThat(Hub.json(response).path("message").asText()).isEqualTo("This workflow is already running");
        }
        Files.createFile(hub.workspace(state, run).resolve("go"));
        hub.awaitEnd(run);

        for (String path : new String[] {"/cancel", "/force-cancel"}) {
            HttpResponse<String> response = post("/runs/" + run + path, "");
            assertThat(response.statusCode()).isEqualTo(409);
            assertThat(Hub.json(response).path("message").asText())
                    .isEqualTo("Cannot cancel a workflow run that is completed.");
        }
        assertThat(post("/runs/" + run + "/rerun-failed-jobs", "").statusCode()).isEqualTo(403);
        assertThat(post("/jobs/99/rerun", "").statusCode()).isEqualTo(404);
    }
}
