package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.github.GHCheckRun;
import org.kohsuke.github.GHCheckRunBuilder;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHubBuilder;

class ChecksTest {
    @TempDir
    Path state;

    private final HandClock clock = new HandClock();
    private Hub hub;
    private AppToken app;
    private String sha;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(LocalGitHub.at(state).clock(clock)).script("echo hello");
        app = AppToken.install(hub, "checker", clock, Map.of("checks", "write"));
        sha = hub.json(Hub.repository("/git/ref/heads/main"))
                .path("object")
                .path("sha")
                .asText();
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private HttpResponse<String> send(String method, String path, ObjectNode body) {
        return hub.call(app.token(), method, Hub.repository(path), body.toString());
    }

    private ObjectNode body(String name) {
        return Json.object().put("name", name).put("head_sha", sha);
    }

    private JsonNode create(ObjectNode body) {
        HttpResponse<String> response = send("POST", "/check-runs", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return Hub.json(response);
    }

    private JsonNode update(JsonNode check, ObjectNode body) {
        HttpResponse<String> response = send("PATCH", "/check-runs/" + check.path("id"), body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Hub.json(response);
    }

    private void refused(int status, String words, HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(Hub.json(response).path("message").asText()).contains(words);
    }

    private static ObjectNode annotation(int line) {
        return Json.object()
                .put("path", "README.md")
                .put("start_line", line)
                .put("end_line", line)
                .put("annotation_level", "warning")
                .put("message", "look");
    }

    @Test
    void aCheckGoesFromQueuedToItsConclusion() {
        JsonNode queued = create(body("lint").put("external_id", "7").put("details_url", "https://example.com/7"));
        JsonNode running = update(queued, Json.object().put("status", "in_progress"));
        clock.advance(Duration.ofMinutes(1));
        JsonNode over = update(queued, Json.object().put("conclusion", "neutral"));

        assertThat(queued.path("status").asText()).isEqualTo("queued");
        assertThat(queued.path("external_id").asText()).isEqualTo("7");
        assertThat(queued.path("details_url").asText()).isEqualTo("https://example.com/7");
        assertThat(queued.path("app").path("slug").asText()).isEqualTo("checker");
        assertThat(running.path("status").asText()).isEqualTo("in_progress");
        assertThat(running.path("completed_at").isNull()).isTrue();
        assertThat(over.path("status").asText()).isEqualTo("completed");
        assertThat(over.path("conclusion").asText()).isEqualTo("neutral");
        assertThat(over.path("started_at").asText()).isEqualTo("2026-11-21T08:00:00Z");
        assertThat(over.path("completed_at").asText()).isEqualTo("2026-11-21T08:01:00Z");
        assertThat(hub.json(Hub.repository("/check-runs/" + queued.path("id")))).isEqualTo(over);
        JsonNode again = update(queued, Json.object().put("status", "in_progress"));
        assertThat(again.path("conclusion").isNull()).isTrue();
    }

    @Test
    void annotationsAreAppended() {
        ObjectNode output = Json.object().put("title", "Found").put("summary", "some");
        ArrayNode fifty = output.putArray("annotations");
        for (int line = 1; line <= 50; line++) {
            fifty.add(annotation(line));
        }
        JsonNode check = create((ObjectNode) body("lint").set("output", output));
        ObjectNode more = Json.object().put("title", "Found").put("summary", "more");
        more.putArray("annotations")
                .add(annotation(51)
                        .put("start_column", 1)
                        .put("end_column", 2)
                        .put("title", "t")
                        .put("raw_details", "r"));

        JsonNode updated = update(check, (ObjectNode) Json.object().set("output", more));

        assertThat(updated.path("output").path("annotations_count").asInt()).isEqualTo(51);
        assertThat(updated.path("output").path("summary").asText()).isEqualTo("more");
        JsonNode last = hub.json(Hub.repository("/check-runs/" + check.path("id") + "/annotations?per_page=50&page=2"))
                .path(0);
        assertThat(last.path("start_line").asInt()).isEqualTo(51);
        assertThat(last.path("end_column").asInt()).isEqualTo(2);
        assertThat(last.path("raw_details").asText()).isEqualTo("r");
        fifty.add(annotation(51));
        refused(422, "No more than 50 items", send("POST", "/check-runs", (ObjectNode)
                body("x").set("output", output)));
    }

    @Test
    void onlyAppsAndJobsMakeChecks() throws IOException {
        JsonNode check = create(body("lint"));
        AppToken other = AppToken.install(hub, "other", clock, Map.of("checks", "write"));
        AppToken reader = AppToken.install(hub, "reader", clock, Map.of("checks", "read"));
        String one = Hub.repository("/check-runs/" + check.path("id"));

        refused(
                403,
                "You must authenticate via a GitHub App.",
                hub.post(Hub.repository("/check-runs"), body("x").toString()));
        refused(403, "Invalid app_id", hub.call(other.token(), "PATCH", one, "{\"status\":\"queued\"}"));
        refused(403, "not accessible", hub.call(reader.token(), "PATCH", one, "{\"status\":\"queued\"}"));
        assertThat(hub.call(reader.token(), "GET", one, "").statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsNoCheckIsRefused() {
        ObjectNode longer = Json.object().put("title", "t").put("summary", "x".repeat(65_536));
        ObjectNode columns = Json.object().put("title", "t").put("summary", "s");
        columns.putArray("annotations").add(annotation(1).put("end_line", 2).put("start_column", 1));
        ObjectNode actions = body("x");
        for (int i = 0; i < 4; i++) {
            actions.withArray("actions").addObject();
        }

        refused(
                422,
                "\"name\" wasn't supplied",
                send("POST", "/check-runs", Json.object().put("head_sha", sha)));
        refused(
                422,
                "\"head_sha\" wasn't supplied",
                send("POST", "/check-runs", Json.object().put("name", "x")));
        refused(
                422,
                "No commit found for SHA: main",
                send("POST", "/check-runs", body("x").put("head_sha", "main")));
        refused(
                422,
                "\"conclusion\" wasn't",
                send("POST", "/check-runs", body("x").put("status", "completed")));
        refused(422, "properties/status", send("POST", "/check-runs", body("x").put("status", "done")));
        refused(
                422,
                "properties/conclusion",
                send("POST", "/check-runs", body("x").put("conclusion", "good")));
        refused(422, "Only 65535 characters", send("POST", "/check-runs", (ObjectNode)
                body("x").set("output", longer)));
        refused(422, "Validation Failed", send("POST", "/check-runs", (ObjectNode)
                body("x").set("output", columns)));
        refused(422, "No more than 3 items", send("POST", "/check-runs", actions));
        refused(404, "Not Found", send("PATCH", "/check-runs/99", Json.object()));
        refused(404, "Not Found", hub.get(Hub.repository("/check-suites/99")));
        refused(422, "No commit found for SHA: none", hub.get(Hub.repository("/commits/none/check-runs")));
    }

    @Test
    void everyJobIsACheck() {
        long run = hub.dispatch();
        hub.awaitEnd(run);
        long job = hub.job(run).path("id").asLong();

        JsonNode check = hub.json(Hub.repository("/check-runs/" + job));

        assertThat(check.path("name").asText()).isEqualTo("job");
        assertThat(check.path("conclusion").asText()).isEqualTo("success");
        assertThat(check.path("app").path("slug").asText()).isEqualTo("github-actions");
        assertThat(check.path("html_url")).isEqualTo(hub.job(run).path("html_url"));
        assertThat(check.path("check_suite").path("id").asLong())
                .isEqualTo(hub.run(run).path("check_suite_id").asLong());
        assertThat(hub.json(Hub.repository("/check-runs/" + job + "/annotations")))
                .isEmpty();
        JsonNode suite = hub.json(Hub.repository("/check-suites/" + run));
        assertThat(suite.path("status").asText()).isEqualTo("completed");
        assertThat(suite.path("conclusion").asText()).isEqualTo("success");
        assertThat(suite.path("head_branch").asText()).isEqualTo("main");
        refused(
                403,
                "is a job",
                send("PATCH", "/check-runs/" + job, Json.object().put("conclusion", "failure")));
    }

    @Test
    void theChecksOfACommitAreListedTheLatestOfEachName() {
        long run = hub.dispatch();
        hub.awaitEnd(run);
        JsonNode old = create(body("lint").put("conclusion", "failure"));
        JsonNode latest = create(body("lint").put("conclusion", "success"));
        String path = Hub.repository("/commits/main/check-runs");

        assertThat(hub.json(path).path("total_count").asInt()).isEqualTo(2);
        assertThat(hub.json(path + "?check_name=lint").path("total_count").asInt())
                .isEqualTo(1);
        assertThat(hub.json(path + "?check_name=lint").path("check_runs").path(0))
                .isEqualTo(latest);
        assertThat(hub.json(path + "?filter=all").path("total_count").asInt()).isEqualTo(3);
        assertThat(hub.json(path + "?app_id=15368").path("check_runs").findValuesAsText("name"))
                .contains("job");
        assertThat(hub.json(path + "?status=queued").path("total_count").asInt())
                .isZero();
        JsonNode suites = hub.json(Hub.repository("/commits/main/check-suites"));
        assertThat(suites.path("total_count").asInt()).isEqualTo(2);
        assertThat(suites.path("check_suites").path(0).path("conclusion").asText())
                .isEqualTo("success");
        String suite = Hub.repository("/check-suites/" + old.path("check_suite").path("id"));
        assertThat(hub.json(suite + "/check-runs").path("total_count").asInt()).isEqualTo(1);
        assertThat(hub.json(suite).path("latest_check_runs_count").asInt()).isEqualTo(1);
    }

    @Test
    void aJobMakesChecksOfItsOwn() throws IOException {
        hub.workflow("""
                on: workflow_dispatch
                permissions:
                  checks: write
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    env:
                      TOKEN: ${{ secrets.GITHUB_TOKEN }}
                    steps:
                      - run: |
                          curl -s -o /dev/null -w "code %{http_code}\\n" -H "Authorization: Bearer $TOKEN" \\
                            -d '{"name":"made","head_sha":"'"$GITHUB_SHA"'","conclusion":"success"}' \\
                            "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/check-runs"
                """);

        assertThat(hub.awaitLog(hub.dispatch())).contains("code 201");
        JsonNode made = hub.json(Hub.repository("/commits/main/check-runs?check_name=made"))
                .path("check_runs")
                .path(0);
        assertThat(made.path("app").path("id").asInt()).isEqualTo(15368);
    }

    @Test
    void checksOutliveARestart() throws IOException {
        JsonNode check = create(body("lint"));
        hub.close();
        hub = new Hub(LocalGitHub.at(state).clock(clock));

        assertThat(hub.json(Hub.repository("/check-runs/" + check.path("id")))
                        .path("name")
                        .asText())
                .isEqualTo("lint");
        assertThat(create(body("more")).path("id").asLong())
                .isGreaterThan(check.path("id").asLong());
    }

    @Test
    void theUsualJavaClientChecksToo() throws IOException {
        GHRepository repository = new GitHubBuilder()
                .withEndpoint(hub.github.apiUrl().toString())
                .withAppInstallationToken(app.token())
                .build()
                .getRepository("acme/runner");
        GHCheckRunBuilder.Output output = new GHCheckRunBuilder.Output("Title", "Summary");
        for (int line = 1; line <= 60; line++) {
            output.add(new GHCheckRunBuilder.Annotation("README.md", line, GHCheckRun.AnnotationLevel.NOTICE, "here"));
        }

        GHCheckRun check = repository
                .createCheckRun("kohsuke", sha)
                .withStatus(GHCheckRun.Status.IN_PROGRESS)
                .add(output)
                .create();
        check.update().withConclusion(GHCheckRun.Conclusion.SUCCESS).create();

        GHCheckRun over = repository.getCheckRuns("main").toList().get(0);
        assertThat(over.getConclusion()).isEqualTo(GHCheckRun.Conclusion.SUCCESS);
        assertThat(over.getOutput().getAnnotationsCount()).isEqualTo(60);
        assertThat(over.getName()).isEqualTo("kohsuke");
    }
}
