package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsApiTest {
    @TempDir
    Path state;

    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state).script("echo hello");
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private long finished() {
        long run = hub.dispatch();
        hub.awaitEnd(run);
        return run;
    }

    private long waiting() throws IOException {
        hub.script("mkfifo gate", "while [ ! -e go ]; do read -rt 0.05 <> gate || true; done");
        long run = hub.dispatch();
        hub.awaitStatus(run, "in_progress");
        return run;
    }

    private void release(long run) throws IOException {
        Files.createFile(hub.workspace(state, run).resolve("go"));
        hub.awaitEnd(run);
    }

    private List<Long> ids(String path, String key) {
        List<Long> ids = new ArrayList<>();
        hub.json(Hub.repository(path))
                .path(key)
                .forEach(entry -> ids.add(entry.path("id").asLong()));
        return ids;
    }

    private List<Long> runs(String query) {
        return ids("/actions/runs?" + query, "workflow_runs");
    }

    @Test
    void aFilterByStatusTakesStatusesAndConclusions() throws IOException {
        long over = finished();
        long running = waiting();

        assertThat(runs("status=success")).containsExactly(over);
        assertThat(runs("status=completed")).containsExactly(over);
        assertThat(runs("status=in_progress")).containsExactly(running);
        assertThat(runs("status=timed_out")).isEmpty();
        assertThat(runs("status=requested")).isEmpty();
        release(running);
    }

    @Test
    void theOtherFiltersTakeWhatARunSaysOfItself() {
        JsonNode run = hub.run(finished());
        long id = run.path("id").asLong();

        for (String fitting : List.of(
                "event=workflow_dispatch",
                "branch=main",
                "actor=LOCAL",
                "head_sha=" + run.path("head_sha").asText(),
                "check_suite_id=" + run.path("check_suite_id").asText(),
                "exclude_pull_requests=true",
                "created=*..2999-01-01",
                "created=2020-01-01..*",
                "created=%3C2999-01-01T00:00:00Z",
                "created=%3E=" + run.path("created_at").asText())) {
            assertThat(runs(fitting)).as(fitting).containsExactly(id);
        }
        for (String other : List.of(
                "event=push",
                "branch=other",
                "actor=other",
                "head_sha=0000000000000000000000000000000000000000",
                "check_suite_id=0",
                "created=%3E" + run.path("created_at").asText(),
                "created=2020-01-01..2020-12-31")) {
            assertThat(runs(other)).as(other).isEmpty();
        }
    }

    @Test
    void aRunNamesTheOpenPullRequestsOfItsBranchUnlessThatIsNotWanted() {
        String main =
                hub.json(Hub.repository("/branches/main")).at("/commit/sha").asText();
        hub.post(Hub.repository("/git/refs"), "{\"ref\":\"refs/heads/topic\",\"sha\":\"" + main + "\"}");
        hub.call(
                "PUT",
                Hub.repository("/contents/new.txt"),
                "{\"message\":\"Add\",\"content\":\"bmV3Cg==\",\"branch\":\"topic\"}");
        hub.post(Hub.repository("/pulls"), "{\"title\":\"New\",\"head\":\"topic\",\"base\":\"main\"}");
        HttpResponse<String> dispatched = hub.post(
                Hub.repository("/actions/workflows/job.yml/dispatches"),
                "{\"ref\":\"topic\",\"return_run_details\":true}");
        long run = Hub.json(dispatched).path("workflow_run_id").asLong();
        long other = finished();
        hub.awaitEnd(run);

        JsonNode pulls = hub.run(run).path("pull_requests");
        assertThat(pulls).hasSize(1);
        assertThat(pulls.path(0).path("number").asInt()).isEqualTo(1);
        assertThat(pulls.path(0).at("/head/ref").asText()).isEqualTo("topic");
        assertThat(hub.run(other).path("pull_requests")).isEmpty();
        assertThat(hub.json(Hub.repository("/actions/runs/" + run + "?exclude_pull_requests=true"))
                        .path("pull_requests"))
                .isEmpty();
    }

    @Test
    void anAttemptIsShownAsItWas() {
        long run = finished();
        hub.post(Hub.repository("/actions/runs/" + run + "/rerun"), "");
        hub.awaitEnd(run);

        JsonNode first = hub.json(Hub.repository("/actions/runs/" + run + "/attempts/1"));
        assertThat(first.path("run_attempt").asInt()).isEqualTo(1);
        assertThat(first.path("previous_attempt_url").isNull()).isTrue();
        assertThat(hub.run(run).path("previous_attempt_url").asText()).endsWith("/runs/" + run + "/attempts/1");
        assertThat(ids("/actions/runs/" + run + "/jobs", "jobs")).hasSize(1);
        assertThat(ids("/actions/runs/" + run + "/jobs?filter=all", "jobs")).hasSize(2);
        assertThat(ids("/actions/runs/" + run + "/attempts/1/jobs", "jobs"))
                .isNotEqualTo(ids("/actions/runs/" + run + "/attempts/2/jobs", "jobs"));
        assertThat(hub.get(Hub.repository("/actions/runs/" + run + "/attempts/3"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theTimeThatARunTookIsKnownWhenItIsOver() throws IOException {
        long run = waiting();
        String path = Hub.repository("/actions/runs/" + run + "/timing");
        assertThat(hub.json(path).has("run_duration_ms")).isFalse();

        release(run);

        assertThat(hub.json(path).path("run_duration_ms").asLong(-1)).isGreaterThanOrEqualTo(0);
        assertThat(hub.json(path).path("billable").isEmpty()).isTrue();
    }

    @Test
    void aRunIsDeletedOnlyWhenItIsOver() throws IOException {
        long run = waiting();
        String path = Hub.repository("/actions/runs/" + run);
        assertThat(hub.call("DELETE", path, "").statusCode()).isEqualTo(403);
        assertThat(hub.call("DELETE", path + "/logs", "").statusCode()).isEqualTo(403);
        release(run);

        assertThat(hub.call("DELETE", path, "").statusCode()).isEqualTo(204);

        assertThat(hub.get(path).statusCode()).isEqualTo(404);
        assertThat(runs("")).isEmpty();
        assertThat(state.resolve("runs/" + run)).doesNotExist();
    }

    @Test
    void numbersOfADeletedRunAreNotGivenAgain() throws IOException {
        finished();
        long last = finished();
        hub.call("DELETE", Hub.repository("/actions/runs/" + last), "");
        hub.close();
        hub = new Hub(state);

        JsonNode next = hub.run(finished());

        assertThat(next.path("id").asLong()).isGreaterThan(last + 1);
        assertThat(next.path("run_number").asInt()).isEqualTo(3);
    }
}
