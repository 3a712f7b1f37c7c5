package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionsSettingsTest {
    private static final String PERMISSIONS = "/actions/permissions";

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

    @Test
    void actionsAreOnAndAnyMayBeNamed() {
        JsonNode permissions = hub.expect(200, "GET", PERMISSIONS, "");

        assertThat(permissions.path("enabled").asBoolean()).isTrue();
        assertThat(permissions.path("allowed_actions").asText()).isEqualTo("all");
    }

    @Test
    void whatIsSoAlreadyMayBeAskedForAndNothingElse() {
        hub.expect(204, "PUT", PERMISSIONS, "{\"enabled\":true,\"allowed_actions\":\"all\"}");

        assertThat(hub.expect(422, "PUT", PERMISSIONS, "{\"enabled\":false}").toString())
                .contains("cannot turn Actions off");
        assertThat(hub.expect(422, "PUT", PERMISSIONS, "{\"enabled\":true,\"allowed_actions\":\"selected\"}")
                        .toString())
                .contains("`allowed_actions`");
        assertThat(hub.expect(422, "PUT", PERMISSIONS, "{\"enabled\":true,\"sha_pinning_required\":true}")
                        .toString())
                .contains("`sha_pinning_required`");
        assertThat(hub.refusal(422, "PUT", PERMISSIONS, "{}")).contains("\"enabled\" wasn't supplied");
    }

    @Test
    void thereAreNoCaches() {
        JsonNode caches = hub.expect(200, "GET", "/actions/caches?key=npm-&sort=created_at", "");

        assertThat(caches.path("total_count").asInt()).isZero();
        assertThat(caches.path("actions_caches").isArray()).isTrue();
        hub.refusal(404, "DELETE", "/actions/caches?key=npm-", "");
        hub.refusal(422, "DELETE", "/actions/caches", "");
        hub.refusal(404, "DELETE", "/actions/caches/1", "");
    }
}
