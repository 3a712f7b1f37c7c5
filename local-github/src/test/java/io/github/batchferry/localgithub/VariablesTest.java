package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.store.EnvironmentRules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GHRepositoryVariable;
import org.kohsuke.github.GitHubBuilder;

class VariablesTest {
    private static final String OF_REPOSITORY = "/actions/variables";
    private static final String OF_ENVIRONMENT = "/environments/the%2Fstage/variables";

    @TempDir
    Path state;

    private final HandClock clock = new HandClock();
    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(LocalGitHub.at(state).clock(clock));
        hub.github.createEnvironment(Hub.OWNER, Hub.NAME, "the/stage", EnvironmentRules.NONE);
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private void create(String path, String name, String value) {
        hub.expect(201, "POST", path, "{\"name\":\"" + name + "\",\"value\":\"" + value + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {OF_REPOSITORY, OF_ENVIRONMENT})
    void aVariableIsCreatedChangedRenamedAndDeleted(String path) {
        create(path, "region", "eu");
        clock.advance(Duration.ofMinutes(1));
        hub.expect(204, "PATCH", path + "/REGION", "{\"value\":\"us\"}");
        JsonNode changed = hub.expect(200, "GET", path + "/Region", "");
        hub.expect(204, "PATCH", path + "/region", "{\"name\":\"zone\"}");
        JsonNode renamed = hub.expect(200, "GET", path + "/ZONE", "");

        assertThat(changed.path("name").asText()).isEqualTo("REGION");
        assertThat(changed.path("value").asText()).isEqualTo("us");
        assertThat(changed.path("created_at").asText()).isEqualTo("2026-11-21T08:00:00Z");
        assertThat(changed.path("updated_at").asText()).isEqualTo("2026-11-21T08:01:00Z");
        assertThat(renamed.path("value").asText()).isEqualTo("us");
        assertThat(renamed.path("created_at").asText()).isEqualTo("2026-11-21T08:00:00Z");
        hub.refusal(404, "GET", path + "/REGION", "");
        hub.expect(204, "DELETE", path + "/zone", "");
        hub.refusal(404, "DELETE", path + "/zone", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {OF_REPOSITORY, OF_ENVIRONMENT})
    void noTwoHaveTheSameName(String path) {
        create(path, "ONE", "1");
        create(path, "TWO", "2");

        assertThat(hub.refusal(409, "POST", path, "{\"name\":\"one\",\"value\":\"x\"}"))
                .isEqualTo("Already exists - Variable already exists");
        hub.refusal(409, "PATCH", path + "/TWO", "{\"name\":\"One\",\"value\":\"x\"}");
        hub.expect(204, "PATCH", path + "/TWO", "{\"name\":\"two\",\"value\":\"3\"}");
        assertThat(hub.expect(200, "GET", path, "").path("variables").findValuesAsText("value"))
                .containsExactly("1", "3");
    }

    @Test
    void namesAndValuesHaveGitHubsLimits() {
        String largest = "x".repeat(48 * 1024);

        for (String name : new String[] {"1ST", "MY-VAR", "MY VAR", ""}) {
            assertThat(hub.refusal(422, "POST", OF_REPOSITORY, "{\"name\":\"" + name + "\",\"value\":\"x\"}"))
                    .startsWith("Variable names can only contain alphanumeric characters");
        }
        assertThat(hub.refusal(422, "POST", OF_REPOSITORY, "{\"name\":\"github_x\",\"value\":\"x\"}"))
                .isEqualTo("Variable names must not start with GITHUB_.");
        assertThat(hub.refusal(422, "POST", OF_REPOSITORY, "{\"name\":\"X\"}")).contains("\"value\" wasn't supplied");
        create(OF_REPOSITORY, "X", largest);
        assertThat(hub.refusal(422, "PATCH", OF_REPOSITORY + "/X", "{\"value\":\"" + largest + "x\"}"))
                .isEqualTo("Variable value is too large: at most 48 KB are allowed");
        assertThatThrownBy(() -> hub.github.setVariable(Hub.OWNER, Hub.NAME, "MY-VAR", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("invalid variable name `MY-VAR`: use letters");
    }

    @Test
    void aPageHasTenAndAtMostThirty() {
        for (int i = 0; i < 31; i++) {
            create(OF_REPOSITORY, "V%02d".formatted(i), "" + i);
        }

        JsonNode usual = hub.expect(200, "GET", OF_REPOSITORY, "");
        JsonNode second = hub.expect(200, "GET", OF_REPOSITORY + "?page=2", "");
        JsonNode largest = hub.expect(200, "GET", OF_REPOSITORY + "?per_page=100", "");

        assertThat(usual.path("total_count").asInt()).isEqualTo(31);
        assertThat(usual.path("variables")).hasSize(10);
        assertThat(second.at("/variables/0/name").asText()).isEqualTo("V10");
        assertThat(largest.path("variables")).hasSize(30);
    }

    @Test
    void anEnvironmentMustBeThereAndHasItsOwn() {
        create(OF_REPOSITORY, "ONE", "1");

        assertThat(hub.expect(200, "GET", OF_ENVIRONMENT, "")
                        .path("total_count")
                        .asInt())
                .isZero();
        hub.refusal(404, "GET", "/environments/other/variables", "");
        hub.refusal(404, "POST", "/environments/other/variables", "{\"name\":\"X\",\"value\":\"x\"}");
        hub.refusal(404, "GET", OF_ENVIRONMENT + "/ONE", "");
    }

    @Test
    void aJobSeesThem() throws IOException {
        hub.github.setVariable(Hub.OWNER, Hub.NAME, "everywhere", "repository");
        create(OF_REPOSITORY, "both", "repository");
        create(OF_ENVIRONMENT, "both", "environment");
        hub.workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    environment: the/stage
                    steps:
                      - run: echo "everywhere=${{ vars.EVERYWHERE }} both=${{ vars.BOTH }}"
                """);

        assertThat(hub.logOfSuccess(Map.of())).contains("everywhere=repository both=environment");
    }

    @Test
    void theUsualJavaClientKeepsThem() throws IOException {
        GHRepository repository = new GitHubBuilder()
                .withEndpoint(hub.github.apiUrl().toString())
                .withOAuthToken(hub.github.token())
                .build()
                .getRepository("acme/runner");

        repository.createVariable("REGION", "eu");
        GHRepositoryVariable created = repository.getVariable("REGION");
        created.set().value("us");
        assertThat(repository.getVariable("REGION").getValue()).isEqualTo("us");
        created.delete();

        hub.refusal(404, "GET", OF_REPOSITORY + "/REGION", "");
    }

    @Test
    void theyOutliveTheServer() throws IOException {
        create(OF_REPOSITORY, "ONE", "1");
        create(OF_ENVIRONMENT, "TWO", "2");
        JsonNode before = hub.expect(200, "GET", OF_ENVIRONMENT, "");
        hub.close();

        hub = new Hub(state);

        assertThat(hub.expect(200, "GET", OF_ENVIRONMENT, "")).isEqualTo(before);
        assertThat(hub.expect(200, "GET", OF_REPOSITORY + "/ONE", "")
                        .path("value")
                        .asText())
                .isEqualTo("1");
    }
}
