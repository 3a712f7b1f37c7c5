package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.github.GHDeployment;
import org.kohsuke.github.GHDeploymentState;
import org.kohsuke.github.GHDeploymentStatus;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHubBuilder;

class DeploymentsTest {
    @TempDir
    Path state;

    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state).workflow("""
                on:
                  workflow_dispatch:
                    inputs:
                      stage: { default: stage }
                      command: { default: "true" }
                jobs:
                  build:
                    runs-on: ubuntu-24.04
                    steps:
                      - run: "true"
                  deploy:
                    needs: build
                    runs-on: ubuntu-24.04
                    environment:
                      name: ${{ inputs.stage }}
                      url: https://example.test/${{ github.run_id }}
                    steps:
                      - run: ${{ inputs.command }}
                """);
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private JsonNode list(String query) {
        return hub.expect(200, "GET", "/deployments" + query, "");
    }

    private JsonNode states(JsonNode deployment) {
        return hub.json(deployment.path("statuses_url").asText());
    }

    @Test
    void aJobWithAnEnvironmentIsADeployment() {
        long run = hub.dispatch();
        String sha = hub.awaitEnd(run).path("head_sha").asText();

        JsonNode all = list("");

        assertThat(all).hasSize(1);
        JsonNode deployment = all.path(0);
        assertThat(deployment.path("environment").asText()).isEqualTo("stage");
        assertThat(deployment.path("ref").asText()).isEqualTo("main");
        assertThat(deployment.path("sha").asText()).isEqualTo(sha);
        assertThat(deployment.at("/creator/login").asText()).isEqualTo("local");
        assertThat(hub.json(deployment.path("url").asText())).isEqualTo(deployment);
        JsonNode statuses = states(deployment);
        assertThat(statuses.findValuesAsText("state")).containsExactly("success", "in_progress", "queued");
        assertThat(hub.json(statuses.at("/0/url").asText())).isEqualTo(statuses.path(0));
        assertThat(statuses.at("/0/target_url").asText()).contains("/actions/runs/" + run + "/job/");
        assertThat(statuses.findValuesAsText("environment_url")).containsExactly("https://example.test/" + run);
        assertThat(deployment.path("updated_at")).isEqualTo(statuses.at("/0/created_at"));
    }

    @Test
    void aLaterSuccessTakesThePlaceOfAnEarlierOne() {
        for (Map<String, String> inputs : List.of(
                Map.<String, String>of(),
                Map.of("command", "false"),
                Map.of("stage", "other"),
                Map.<String, String>of())) {
            hub.awaitEnd(hub.dispatch(inputs));
        }

        JsonNode all = list("?environment=stage");

        assertThat(all).hasSize(3);
        assertThat(states(all.path(0)).at("/0/state").asText()).isEqualTo("success");
        assertThat(states(all.path(1)).at("/0/state").asText()).isEqualTo("failure");
        assertThat(states(all.path(2)).findValuesAsText("state"))
                .containsExactly("inactive", "success", "in_progress", "queued");
        assertThat(states(list("?environment=other").path(0)).at("/0/state").asText())
                .isEqualTo("success");
    }

    @Test
    void aListIsNarrowedAndComesInPages() {
        hub.awaitEnd(hub.dispatch());
        hub.awaitEnd(hub.dispatch());
        String sha = list("").at("/0/sha").asText();

        assertThat(list("?sha=" + sha + "&ref=main&task=deploy")).hasSize(2);
        assertThat(list("?ref=other")).isEmpty();
        assertThat(list("?task=test")).isEmpty();
        assertThat(list("?sha=" + "0".repeat(40))).isEmpty();
        assertThat(list("?per_page=1&page=2").at("/0/id")).isEqualTo(list("").at("/1/id"));
        hub.refusal(404, "GET", "/deployments/1", "");
        hub.refusal(404, "GET", "/deployments/" + list("").at("/0/id") + "/statuses/1", "");
    }

    @Test
    void aRepeatedJobIsAnotherDeployment() {
        long run = hub.dispatch(Map.of("command", "false"));
        hub.awaitEnd(run);
        JsonNode first = list("").path(0);
        hub.expect(201, "POST", "/actions/runs/" + run + "/rerun", "");
        hub.awaitEnd(run);

        assertThat(list("")).hasSize(2);
        assertThat(list("").path(1)).isEqualTo(first);
    }

    @Test
    void theUsualJavaClientReadsThemAlsoAfterARestart() throws IOException {
        hub.awaitEnd(hub.dispatch());
        hub.close();
        hub = new Hub(state);
        GHRepository repository = new GitHubBuilder()
                .withEndpoint(hub.github.apiUrl().toString())
                .withOAuthToken(hub.github.token())
                .build()
                .getRepository("acme/runner");

        GHDeployment deployment =
                repository.listDeployments(null, "main", null, "stage").toList().get(0);

        assertThat(deployment.getEnvironment()).isEqualTo("stage");
        assertThat(deployment.listStatuses().toList())
                .extracting(GHDeploymentStatus::getState)
                .containsExactly(GHDeploymentState.SUCCESS, GHDeploymentState.IN_PROGRESS, GHDeploymentState.QUEUED);
    }
}
