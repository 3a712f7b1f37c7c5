package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.store.EnvironmentRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamesTest {
    private static final String OF_REPOSITORY = "/actions/secrets";
    private static final String OF_ENVIRONMENT = "/environments/Stage/secrets";

    @TempDir
    Path state;

    private final HandClock clock = new HandClock();
    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(LocalGitHub.at(state).clock(clock));
        hub.github.createEnvironment(Hub.OWNER, Hub.NAME, "stage", EnvironmentRules.NONE);
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private void set(String path, String name, String value) throws IOException {
        if (path.equals(OF_REPOSITORY)) {
            hub.github.setSecret(Hub.OWNER, Hub.NAME, name, value);
        } else {
            hub.github.setSecret(Hub.OWNER, Hub.NAME, "STAGE", name, value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OF_REPOSITORY, OF_ENVIRONMENT})
    void namesAndTimesAreToldAndValuesAreNot(String path) throws IOException {
        set(path, "B_KEY", "sk-5f1c9e7a");
        clock.advance(Duration.ofMinutes(1));
        set(path, "A_KEY", "sk-1");
        set(path, "B_KEY", "sk-77d1");

        JsonNode all = hub.expect(200, "GET", path, "");
        JsonNode one = hub.expect(200, "GET", path + "/b_key", "");

        assertThat(all.path("total_count").asInt()).isEqualTo(2);
        assertThat(all.findValuesAsText("name")).containsExactly("A_KEY", "B_KEY");
        assertThat(one.path("created_at").asText()).isEqualTo("2026-11-21T08:00:00Z");
        assertThat(one.path("updated_at").asText()).isEqualTo("2026-11-21T08:01:00Z");
        assertThat(all.toString() + one).doesNotContain("sk-");
        hub.refusal(404, "GET", path + "/C_KEY", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {OF_REPOSITORY, OF_ENVIRONMENT})
    void aSecretIsDeletedAlone(String path) throws IOException {
        set(path, "A_KEY", "1");
        set(path, "B_KEY", "2");
        set(path.equals(OF_REPOSITORY) ? OF_ENVIRONMENT : OF_REPOSITORY, "A_KEY", "3");

        hub.expect(204, "DELETE", path + "/A_KEY", "");

        hub.refusal(404, "DELETE", path + "/A_KEY", "");
        assertThat(hub.expect(200, "GET", path, "").findValuesAsText("name")).containsExactly("B_KEY");
        hub.expect(200, "GET", (path.equals(OF_REPOSITORY) ? OF_ENVIRONMENT : OF_REPOSITORY) + "/A_KEY", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {OF_REPOSITORY, OF_ENVIRONMENT})
    void valuesAreNotTakenByTheApiAndTheRefusalSaysWhere(String path) {
        String sealed = "{\"encrypted_value\":\"QUJD\",\"key_id\":\"1\"}";

        assertThat(hub.refusal(422, "GET", path + "/public-key", ""))
                .isEqualTo(hub.refusal(422, "PUT", path + "/A_KEY", sealed))
                .contains("`ferry local-github secret set NAME [--env ENVIRONMENT]`", "`LocalGitHub.setSecret`");
        hub.refusal(404, "GET", path + "/A_KEY", "");
    }

    @Test
    void anEnvironmentMustBeThere() {
        hub.refusal(404, "GET", "/environments/other/secrets", "");
        hub.refusal(404, "DELETE", "/environments/other/secrets/X", "");
        assertThatThrownBy(() -> hub.github.setSecret(Hub.OWNER, Hub.NAME, "other", "A_KEY", "1"))
                .hasMessage("no environment `other` in `acme/runner`; create it first");
        assertThatThrownBy(() -> hub.github.setSecret(Hub.OWNER, Hub.NAME, "stage", "a-key", "1"))
                .hasMessageStartingWith("invalid secret name `a-key`");
    }

    @Test
    void aJobSeesThoseOfItsEnvironmentBeforeThoseOfTheRepository() throws IOException {
        set(OF_REPOSITORY, "A_KEY", "of-the-repository");
        set(OF_ENVIRONMENT, "A_KEY", "of-the-stage");
        hub.workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    environment: stage
                    steps:
                      - run: echo "${#KEY} characters"
                        env: { KEY: "${{ secrets.A_KEY }}" }
                """);

        assertThat(hub.logOfSuccess(Map.of())).contains("12 characters").doesNotContain("of-the-stage");
    }

    @Test
    void filesOfEarlierVersionsAreStillRead() throws IOException {
        hub.close();
        Path file = Files.createDirectories(state.resolve("secrets/acme")).resolve("runner.json");
        Files.writeString(file, "{\"OLD_KEY\":\"ab\"}");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
        hub = new Hub(LocalGitHub.at(state).clock(clock))
                .script("key='${{ secrets.OLD_KEY }}'; echo ${#key} characters");

        JsonNode told = hub.expect(200, "GET", OF_REPOSITORY + "/OLD_KEY", "");
        set(OF_REPOSITORY, "NEW_KEY", "x");

        assertThat(told.path("created_at").asText()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(hub.expect(200, "GET", OF_REPOSITORY + "/OLD_KEY", "")).isEqualTo(told);
        assertThat(hub.logOfSuccess(Map.of())).contains("2 characters");
    }

    @Test
    void theyOutliveTheServerWithTheirTimes() throws IOException {
        set(OF_REPOSITORY, "A_KEY", "1");
        set(OF_ENVIRONMENT, "B_KEY", "2");
        JsonNode before = hub.expect(200, "GET", OF_ENVIRONMENT, "");
        hub.close();

        hub = new Hub(state);

        assertThat(hub.expect(200, "GET", OF_ENVIRONMENT, "")).isEqualTo(before);
        assertThat(hub.expect(200, "GET", OF_REPOSITORY, "").findValuesAsText("name"))
                .containsExactly("A_KEY");
    }
}
