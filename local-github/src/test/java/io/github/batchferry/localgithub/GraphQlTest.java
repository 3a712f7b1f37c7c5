package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphQlTest {
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

    private JsonNode ask(String query) {
        HttpResponse<String> response =
                hub.post("/graphql", Json.object().put("query", query).toString());
        assertThat(response.statusCode()).isEqualTo(200);
        return Hub.json(response);
    }

    @Test
    void whoAsksIsTold() {
        assertThat(ask("query UserCurrent { viewer { login } }"))
                .hasToString("{\"data\":{\"viewer\":{\"login\":\"local\"}}}");
    }

    @Test
    void aRepositoryIsDescribed() {
        JsonNode repository = ask("""
                { repository(owner: "acme", name: "runner") {
                    name owner { login } nameWithOwner defaultBranchRef { name } viewerPermission parent { name }
                    isPrivate visibility url isEmpty } }
                """).path("data").path("repository");

        assertThat(repository.path("defaultBranchRef").path("name").asText()).isEqualTo("main");
        assertThat(repository.path("owner").path("login").asText()).isEqualTo("acme");
        assertThat(repository.path("viewerPermission").asText()).isEqualTo("ADMIN");
        assertThat(repository.path("parent").isNull()).isTrue();
        assertThat(repository.path("url").asText()).isEqualTo(hub.github.url() + "/acme/runner");
        assertThat(repository.path("isEmpty").asBoolean()).isTrue();
    }

    @Test
    void aRepositoryThatIsNotThereIsAnErrorOfTheField() {
        JsonNode answer = ask("{ repository(owner: \"acme\", name: \"none\") { name } }");

        assertThat(answer.path("data").path("repository").isNull()).isTrue();
        assertThat(answer.path("errors").path(0).path("type").asText()).isEqualTo("NOT_FOUND");
        assertThat(answer.path("errors").path(0).path("message").asText())
                .isEqualTo("Could not resolve to a Repository with the name 'acme/none'.");
    }

    @Test
    void aTokenAndAQueryAreNeeded() {
        assertThat(hub.post("/graphql", "{}").statusCode()).isEqualTo(400);
        HttpResponse<String> without = hub.send(
                hub.request("/graphql").POST(HttpRequest.BodyPublishers.ofString("{\"query\":\"{viewer{login}}\"}")));
        assertThat(without.statusCode()).isEqualTo(401);
    }

    @Test
    void queriesHaveALimitOfTheirOwn() {
        ask("{ viewer { login } }");

        JsonNode resources = hub.json("/rate_limit").path("resources");
        assertThat(resources.path("graphql").path("used").asInt()).isEqualTo(1);
        assertThat(resources.path("core").path("used").asInt()).isZero();
    }
}
