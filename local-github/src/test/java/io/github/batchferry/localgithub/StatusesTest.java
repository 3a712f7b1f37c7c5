package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.github.GHCommitState;
import org.kohsuke.github.GHCommitStatus;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHubBuilder;

class StatusesTest {
    @TempDir
    Path state;

    private final HandClock clock = new HandClock();
    private Hub hub;
    private String sha;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(LocalGitHub.at(state).clock(clock)).file("README.md", "hello\n");
        sha = hub.json(Hub.repository("/git/ref/heads/main"))
                .path("object")
                .path("sha")
                .asText();
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private JsonNode say(String state, String context) {
        return hub.expect(
                201,
                "POST",
                "/statuses/" + sha,
                Json.object().put("state", state).put("context", context).toString());
    }

    private String combined() {
        return hub.json(Hub.repository("/commits/main/status")).path("state").asText();
    }

    @Test
    void whatWasSaidLastInEachContextCounts() {
        assertThat(combined()).isEqualTo("pending");
        say("pending", "a");
        say("success", "b");
        assertThat(combined()).isEqualTo("pending");
        clock.advance(Duration.ofMinutes(1));
        say("success", "a");
        assertThat(combined()).isEqualTo("success");
        say("error", "b");
        JsonNode combined = hub.json(Hub.repository("/commits/" + sha + "/status"));

        assertThat(combined.path("state").asText()).isEqualTo("failure");
        assertThat(combined.path("total_count").asInt()).isEqualTo(2);
        assertThat(combined.path("statuses").findValuesAsText("state")).containsExactly("error", "success");
        JsonNode all = hub.json(Hub.repository("/commits/main/statuses?per_page=3"));
        assertThat(all.findValuesAsText("context")).containsExactly("b", "a", "b");
        assertThat(all.path(1).path("created_at").asText()).isEqualTo("2026-11-21T08:01:00Z");
        assertThat(all.path(0).path("creator").path("login").asText()).isEqualTo("local");
    }

    @Test
    void aStatusSaysMoreIfItIsToldTo() {
        JsonNode status = hub.expect(
                201,
                "POST",
                "/statuses/" + sha,
                "{\"state\":\"success\",\"description\":\"good\",\"target_url\":\"https://example.com/1\"}");

        assertThat(status.path("context").asText()).isEqualTo("default");
        assertThat(status.path("description").asText()).isEqualTo("good");
        assertThat(status.path("target_url").asText()).isEqualTo("https://example.com/1");
    }

    @Test
    void whatCannotBeSaidIsRefused() {
        String path = "/statuses/" + sha;
        assertThat(hub.refusal(422, "POST", path, "{}")).contains("\"state\" wasn't supplied");
        assertThat(error("{\"state\":\"good\"}")).isEqualTo("state is not included in the list");
        assertThat(error("{\"state\":\"success\",\"target_url\":\"ftp://x\"}")).contains("http(s) scheme");
        assertThat(error("{\"state\":\"success\",\"description\":\"" + "x".repeat(141) + "\"}"))
                .contains("maximum is 140");
        assertThat(hub.refusal(422, "POST", "/statuses/main", "{\"state\":\"success\"}"))
                .isEqualTo("No commit found for SHA: main");
        assertThat(hub.refusal(422, "GET", "/commits/none/status", "")).isEqualTo("No commit found for SHA: none");
    }

    private String error(String body) {
        return hub.expect(422, "POST", "/statuses/" + sha, body)
                .path("errors")
                .path(0)
                .path("message")
                .asText();
    }

    @Test
    void aThousandOfAContextAreEnough() throws IOException {
        say("success", "other");
        hub.close();
        Path file = state.resolve("about/acme/runner/statuses.json");
        JsonNode book = Json.MAPPER.readTree(file.toFile());
        ArrayNode statuses = (ArrayNode) book.path("statuses");
        ObjectNode one = ((ObjectNode) statuses.path(0)).deepCopy();
        IntStream.rangeClosed(2, 1000)
                .forEach(id -> statuses.add(one.deepCopy().put("id", id).put("context", "full")));
        Files.writeString(file, book.toString());
        hub = new Hub(LocalGitHub.at(state).clock(clock));

        say("success", "full");

        assertThat(error("{\"state\":\"success\",\"context\":\"full\"}")).contains("maximum number of statuses");
        say("success", "other");
    }

    @Test
    void permissionIsNeeded() {
        AppToken reader = AppToken.install(hub, "reader", clock, Map.of("contents", "read", "statuses", "read"));
        AppToken writer = AppToken.install(hub, "writer", clock, Map.of("statuses", "write"));
        String path = Hub.repository("/statuses/" + sha);

        assertThat(hub.call(reader.token(), "POST", path, "{\"state\":\"success\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(hub.call(writer.token(), "POST", path, "{\"state\":\"success\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(hub.call(reader.token(), "GET", Hub.repository("/commits/main/status"), "")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void statusesOutliveARestart() throws IOException {
        say("success", "a");
        hub.close();
        hub = new Hub(LocalGitHub.at(state).clock(clock));

        assertThat(combined()).isEqualTo("success");
    }

    @Test
    void theUsualJavaClientSaysAndHearsToo() throws IOException {
        GHRepository repository = new GitHubBuilder()
                .withEndpoint(hub.github.apiUrl().toString())
                .withOAuthToken(hub.github.token())
                .build()
                .getRepository("acme/runner");

        repository.createCommitStatus(sha, GHCommitState.SUCCESS, "https://example.com", "done", "kohsuke");

        GHCommitStatus last = repository.getLastCommitStatus(sha);
        assertThat(last.getState()).isEqualTo(GHCommitState.SUCCESS);
        assertThat(last.getContext()).isEqualTo("kohsuke");
        assertThat(repository.listCommitStatuses(sha).toList()).hasSize(1);
    }
}
