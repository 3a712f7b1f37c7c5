package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestApiTest {
    @TempDir
    Path state;

    private final HandClock clock = new HandClock();
    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(LocalGitHub.at(state).clock(clock)).script("echo hello");
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    @Test
    void bothSchemesOfAuthenticationAreTaken() {
        for (String scheme : new String[] {"token", "Bearer", "bearer"}) {
            HttpRequest.Builder request =
                    hub.request("/user").header("Authorization", scheme + " " + hub.github.token());
            assertThat(hub.send(request).statusCode()).as(scheme).isEqualTo(200);
        }
    }

    @Test
    void withoutOrWithAWrongTokenTheAnswerIsUnauthorized() {
        HttpResponse<String> without = hub.send(hub.request(Hub.repository("")));
        HttpResponse<String> wrong = hub.send(hub.request("/user").header("Authorization", "Bearer nonsense"));

        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(Hub.json(without).path("message").asText()).isEqualTo("Requires authentication");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(Hub.json(wrong).path("message").asText()).isEqualTo("Bad credentials");
        assertThat(Hub.json(wrong).path("status").asText()).isEqualTo("401");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        for (String path : new String[] {
            "/repos/acme/none",
            "/repos/acme/..",
            Hub.repository("/actions/runs/99"),
            Hub.repository("/actions/runs/x"),
            Hub.repository("/actions/jobs/99"),
            Hub.repository("/contents/none"),
            Hub.repository("/contents/README.md?ref=none")
        }) {
            HttpResponse<String> response = hub.get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(404);
            assertThat(Hub.json(response).path("status").asText()).isEqualTo("404");
        }
    }

    @Test
    void aCallThatIsNotServedIsRefusedByName() {
        HttpResponse<String> response = hub.get(Hub.repository("/milestones"));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(Hub.json(response).path("message").asText())
                .isEqualTo("Not Found: the embedded GitHub does not serve `GET /repos/acme/runner/milestones` yet");
    }

    @Test
    void theRootAndTheLimitsAreOpenToAnybody() {
        assertThat(hub.send(hub.request("/")).statusCode()).isEqualTo(200);
        assertThat(hub.send(hub.request("/meta")).statusCode()).isEqualTo(200);
        JsonNode limits = Hub.json(hub.send(hub.request("/rate_limit")));
        assertThat(limits.path("resources").path("core").path("limit").asInt()).isEqualTo(60);
        assertThat(limits.path("rate").path("reset").asLong())
                .isEqualTo(Instant.parse("2026-11-21T09:00:00Z").getEpochSecond());
    }

    @Test
    void anUnchangedAnswerIsNotSentAgain() {
        HttpResponse<String> first = hub.get(Hub.repository(""));
        String etag = first.headers().firstValue("ETag").orElseThrow();
        HttpRequest.Builder again = hub.request(Hub.repository(""))
                .header("Authorization", "Bearer " + hub.github.token())
                .header("If-None-Match", etag);

        HttpResponse<String> second = hub.send(again);

        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(second.headers().firstValue("ETag")).contains(etag);
        assertThat(hub.send(again.setHeader("If-None-Match", "W/\"other\"")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aRunHasAnotherETagOnceItChanged() throws IOException {
        hub.script(
                "read -r _ < gate || true; mkfifo gate 2> /dev/null || true",
                "while [ ! -e go ]; do read -rt 0.05 <> gate || true; done");
        long run = hub.dispatch();
        hub.awaitStatus(run, "in_progress");
        String path = Hub.repository("/actions/runs/" + run);
        String etag = hub.get(path).headers().firstValue("ETag").orElseThrow();
        Files.createFile(hub.workspace(state, run).resolve("go"));
        hub.awaitEnd(run);

        assertThat(hub.get(path).headers().firstValue("ETag")).isPresent().isNotEqualTo(java.util.Optional.of(etag));
    }

    @Test
    void aSmallFileIsGivenInJson() throws IOException {
        hub.file("docs/ä b.txt", "content\n");

        JsonNode json = hub.json(Hub.repository("/contents/docs/%C3%A4%20b.txt"));

        assertThat(json.path("type").asText()).isEqualTo("file");
        assertThat(json.path("path").asText()).isEqualTo("docs/ä b.txt");
        assertThat(json.path("size").asInt()).isEqualTo(8);
        assertThat(json.path("encoding").asText()).isEqualTo("base64");
        assertThat(Base64.getMimeDecoder().decode(json.path("content").asText()))
                .asString()
                .isEqualTo("content\n");
        assertThat(hub.send(hub.request(json.path("download_url").asText())).body())
                .isEqualTo("content\n");
        assertThat(hub.json(Hub.repository("/contents/docs")).findValuesAsText("path"))
                .containsExactly("docs/ä b.txt");
    }

    @Test
    void aLargeFileIsGivenRawOnly() throws IOException {
        byte[] large = new byte[(1 << 20) + 1];
        Arrays.fill(large, (byte) 'x');
        hub.github.commit(Hub.OWNER, Hub.NAME, "Add", Map.of("large", large, "limit", Arrays.copyOf(large, 1 << 20)));

        JsonNode json = hub.json(Hub.repository("/contents/large"));
        HttpResponse<String> raw = hub.send(hub.request(Hub.repository("/contents/large"))
                .header("Authorization", "Bearer " + hub.github.token())
                .header("Accept", "application/vnd.github.raw+json"));

        assertThat(json.path("encoding").asText()).isEqualTo("none");
        assertThat(json.path("content").asText()).isEmpty();
        assertThat(raw.body()).hasSize(large.length);
        assertThat(hub.json(Hub.repository("/contents/limit")).path("encoding").asText())
                .isEqualTo("base64");
    }

    @Test
    void aFileIsReadAtTheRefAskedFor() throws IOException {
        hub.file("file", "old");
        String old = hub.run(hub.dispatch()).path("head_sha").asText();
        hub.file("file", "new");

        assertThat(content("/contents/file")).isEqualTo("new");
        assertThat(content("/contents/file?ref=main")).isEqualTo("new");
        assertThat(content("/contents/file?ref=" + old)).isEqualTo("old");
    }

    private String content(String path) {
        return hub.send(hub.request(Hub.repository(path))
                        .header("Authorization", "Bearer " + hub.github.token())
                        .header("Accept", "application/vnd.github.raw"))
                .body();
    }

    @Test
    void committingTheSameAgainMakesNoCommit() throws IOException {
        hub.file("file", "same");
        String sha = hub.run(hub.dispatch()).path("head_sha").asText();

        hub.file("file", "same");

        assertThat(hub.run(hub.dispatch()).path("head_sha").asText()).isEqualTo(sha);
    }

    @Test
    void listsOfRunsArePagedFilteredAndNewestFirst() {
        long first = hub.dispatch();
        hub.awaitEnd(first);
        clock.advance(Duration.ofDays(2));
        long second = hub.dispatch();
        hub.awaitEnd(second);

        String path = Hub.repository("/actions/workflows/job.yml/runs");
        HttpResponse<String> page = hub.get(path + "?per_page=1&event=workflow_dispatch");

        assertThat(Hub.json(page).path("total_count").asInt()).isEqualTo(2);
        assertThat(Hub.json(page).path("workflow_runs").findValuesAsText("run_number"))
                .containsExactly("2");
        assertThat(page.headers().firstValue("Link").orElseThrow())
                .contains(
                        "page=2>; rel=\"next\"",
                        "rel=\"last\"",
                        "per_page=1",
                        hub.github.url().toString());
        assertThat(ids(path + "?per_page=1&page=2")).containsExactly(first);
        assertThat(ids(path + "?per_page=1&page=9")).isEmpty();
        assertThat(ids(Hub.repository("/actions/runs"))).containsExactly(second, first);
        assertThat(ids(path + "?status=success&branch=main&actor=local")).containsExactly(second, first);
        assertThat(ids(path + "?status=queued")).isEmpty();
        assertThat(ids(path + "?branch=other")).isEmpty();
        assertThat(ids(path + "?event=push")).isEmpty();
        assertThat(ids(path + "?created=%3E%3D2026-11-22")).containsExactly(second);
        assertThat(ids(path + "?created=2026-11-21")).containsExactly(first);
        assertThat(ids(path + "?created=2026-11-21T00:00:00Z..2026-11-21T08:00:00Z"))
                .containsExactly(first);
        assertThat(hub.get(path + "?created=soon").statusCode()).isEqualTo(422);
    }

    private List<Long> ids(String path) {
        List<Long> ids = new ArrayList<>();
        hub.json(path)
                .path("workflow_runs")
                .forEach(run -> ids.add(run.path("id").asLong()));
        return ids;
    }

    @Test
    void aLogIsReachedOverALinkThatLivesOneMinute() {
        long run = hub.dispatch();
        hub.awaitEnd(run);
        HttpResponse<String> redirect =
                hub.get(Hub.repository("/actions/jobs/" + hub.job(run).path("id") + "/logs"));
        String link = redirect.headers().firstValue("Location").orElseThrow();

        HttpResponse<String> log = hub.send(hub.request(link));
        clock.advance(Duration.ofSeconds(60));

        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(log.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(log.body()).contains("2026-11-21T08:00:00.5000000Z hello\n");
        assertThat(hub.send(hub.request(link)).statusCode()).isEqualTo(404);
    }

    @Test
    void runsAndJobsHaveTheFieldsThatGitHubRequires() {
        long run = hub.dispatch();
        hub.awaitEnd(run);

        assertThat(hub.run(run).fieldNames())
                .toIterable()
                .contains(
                        "id",
                        "node_id",
                        "head_branch",
                        "head_sha",
                        "path",
                        "run_number",
                        "event",
                        "status",
                        "conclusion",
                        "workflow_id",
                        "url",
                        "html_url",
                        "pull_requests",
                        "created_at",
                        "updated_at",
                        "jobs_url",
                        "logs_url",
                        "check_suite_url",
                        "artifacts_url",
                        "cancel_url",
                        "rerun_url",
                        "workflow_url",
                        "head_commit",
                        "repository",
                        "head_repository",
                        "display_title",
                        "run_attempt",
                        "run_started_at",
                        "actor");
        assertThat(hub.job(run).fieldNames())
                .toIterable()
                .contains(
                        "id",
                        "run_id",
                        "run_url",
                        "node_id",
                        "head_sha",
                        "url",
                        "html_url",
                        "status",
                        "conclusion",
                        "created_at",
                        "started_at",
                        "completed_at",
                        "name",
                        "check_run_url",
                        "labels",
                        "runner_id",
                        "runner_name",
                        "runner_group_id",
                        "runner_group_name",
                        "workflow_name",
                        "head_branch",
                        "steps");
        assertThat(hub.run(run).path("created_at").asText()).isEqualTo("2026-11-21T08:00:00Z");
        assertThat(hub.run(run).path("repository").size()).isGreaterThanOrEqualTo(46);
        assertThat(hub.json(Hub.repository("")).size()).isGreaterThanOrEqualTo(75);
        assertThat(hub.job(run))
                .isEqualTo(
                        hub.json(Hub.repository("/actions/jobs/" + hub.job(run).path("id"))));
    }

    @Test
    void answersAreSentAtOnceAndNotHeldBackForMore() {
        hub.get("/");

        // without it the JDK's server leaves small packets to Nagle's algorithm: 40 ms for each look at a run
        assertThat(System.getProperty("sun.net.httpserver.nodelay")).isEqualTo("true");
    }
}
