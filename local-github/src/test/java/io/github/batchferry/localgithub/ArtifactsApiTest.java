package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.artifacts.ArtifactOrigin;
import io.github.batchferry.localgithub.artifacts.ArtifactStore;
import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactsApiTest {
    private static final long RUN = 1; // the first of a new state directory

    @TempDir
    Path state;

    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        StateDirectory directory = new StateDirectory(state);
        directory.create();
        directory.prepare();
        long day = Duration.ofDays(1).toMillis();
        create(directory, Clock.offset(Clock.systemUTC(), Duration.ofMillis(-2 * day)), "old", 1);
        create(directory, Clock.systemUTC(), "results", 1);
        create(directory, Clock.systemUTC(), "lögs & more", 1);
        hub = new Hub(state).script("echo hello");
        assertThat(hub.dispatch()).isEqualTo(RUN);
        hub.awaitEnd(RUN);
    }

    private static void create(StateDirectory directory, Clock clock, String name, int days) throws IOException {
        ArtifactStore.load(directory, clock)
                .create(
                        new ArtifactOrigin(new RepositoryName(Hub.OWNER, Hub.NAME), RUN, 2L, 1, "main", "0".repeat(40)),
                        name,
                        new ByteArrayInputStream(("zip of " + name).getBytes(StandardCharsets.UTF_8)),
                        days);
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private List<String> names(String path) {
        return hub.json(Hub.repository(path)).path("artifacts").findValuesAsText("name");
    }

    private JsonNode named(String name) {
        return hub.json(Hub.repository("/actions/runs/1/artifacts?name=" + name))
                .path("artifacts")
                .path(0);
    }

    @Test
    void thoseOfARunAreListedNewestFirstOrLast() {
        assertThat(names("/actions/runs/1/artifacts")).containsExactly("lögs & more", "results", "old");
        assertThat(names("/actions/runs/1/artifacts?direction=asc")).containsExactly("old", "results", "lögs & more");
        assertThat(names("/actions/runs/1/artifacts?name=results")).containsExactly("results");
        assertThat(names("/actions/artifacts?per_page=1&page=2")).containsExactly("results");
        assertThat(hub.json(Hub.repository("/actions/artifacts?name=none"))
                        .path("total_count")
                        .asInt())
                .isZero();
    }

    @Test
    void theBytesAreReachedOverALink() {
        JsonNode artifact = named("results");
        assertThat(hub.json(artifact.path("url").asText())).isEqualTo(artifact);

        HttpResponse<String> redirect =
                hub.get(artifact.path("archive_download_url").asText());
        String link = redirect.headers().firstValue("Location").orElseThrow();

        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(hub.send(hub.request(link)).body()).isEqualTo("zip of results");
        assertThat(artifact.path("size_in_bytes").asInt()).isEqualTo("zip of results".length());
        assertThat(artifact.path("digest").asText()).matches("sha256:[0-9a-f]{64}");
        assertThat(artifact.path("workflow_run").path("id").asLong()).isEqualTo(RUN);
    }

    @Test
    void anExpiredOneIsShownAndGone() {
        JsonNode artifact = named("old");

        HttpResponse<String> response =
                hub.get(artifact.path("archive_download_url").asText());

        assertThat(artifact.path("expired").asBoolean()).isTrue();
        assertThat(response.statusCode()).isEqualTo(410);
        assertThat(Hub.json(response).path("message").asText()).isEqualTo("Artifact has expired");
    }

    @Test
    void aDeletedOneIsNotThere() {
        String url = named("results").path("url").asText();

        assertThat(hub.call("DELETE", url, "").statusCode()).isEqualTo(204);

        assertThat(hub.get(url).statusCode()).isEqualTo(404);
        assertThat(hub.call("DELETE", url, "").statusCode()).isEqualTo(404);
        assertThat(names("/actions/artifacts")).containsExactly("lögs & more", "old");
    }

    @Test
    void theyGoWithTheirRun() {
        hub.call("DELETE", Hub.repository("/actions/runs/1"), "");

        assertThat(names("/actions/artifacts")).isEmpty();
    }

    @Test
    void thoseOfOtherRepositoriesAreNotFound() throws IOException {
        hub.github.createRepository(Hub.OWNER, "other");
        String other = named("results").path("url").asText().replace("/runner/", "/other/");

        assertThat(hub.get(other).statusCode()).isEqualTo(404);
    }
}
