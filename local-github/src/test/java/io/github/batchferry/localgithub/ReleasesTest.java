package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.server.Mode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.github.GHAsset;
import org.kohsuke.github.GHRelease;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHubBuilder;

class ReleasesTest {
    @TempDir
    Path state;

    private final HandClock clock = new HandClock();
    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(LocalGitHub.at(state).clock(clock)).file("README.md", "hello\n");
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private JsonNode create(String body) {
        return hub.expect(201, "POST", "/releases", body);
    }

    private HttpResponse<String> upload(JsonNode release, String query, byte[] content) {
        String url = release.path("upload_url").asText().replaceFirst("\\{.*", "");
        return hub.send(hub.request(url + query)
                .header("Authorization", "Bearer " + hub.github.token())
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofByteArray(content)));
    }

    private JsonNode uploaded(JsonNode release, String name, String content) {
        HttpResponse<String> response = upload(release, "?name=" + name, content.getBytes(StandardCharsets.UTF_8));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return Hub.json(response);
    }

    @Test
    void aReleaseMakesItsTag() {
        JsonNode release = create("{\"tag_name\":\"v1\",\"name\":\"One\",\"body\":\"New\"}");

        assertThat(release.path("html_url").asText()).isEqualTo(hub.github.url() + "/acme/runner/releases/tag/v1");
        assertThat(release.path("draft").asBoolean()).isFalse();
        assertThat(release.path("target_commitish").asText()).isEqualTo("main");
        assertThat(release.path("published_at").asText()).isEqualTo("2026-11-21T08:00:00Z");
        assertThat(release.path("author").path("login").asText()).isEqualTo("local");
        assertThat(hub.json(Hub.repository("/git/ref/tags/v1")).path("object").path("sha"))
                .isEqualTo(hub.json(Hub.repository("/git/ref/heads/main"))
                        .path("object")
                        .path("sha"));
        assertThat(hub.json(Hub.repository("/releases/tags/v1"))).isEqualTo(release);
        assertThat(hub.json(Hub.repository("/releases/" + release.path("id")))).isEqualTo(release);
        assertThat(hub.json(Hub.repository("/releases/latest"))).isEqualTo(release);
        assertThat(hub.json(Hub.repository("/releases")).path(0)).isEqualTo(release);
    }

    @Test
    void aTagIsMadeAtTheTargetAndAnExistingOneIsUsed() throws IOException {
        String first = hub.json(Hub.repository("/git/ref/heads/main"))
                .path("object")
                .path("sha")
                .asText();
        hub.file("README.md", "again\n");
        create("{\"tag_name\":\"old\",\"target_commitish\":\"" + first + "\"}");
        hub.expect(201, "POST", "/git/refs", "{\"ref\":\"refs/tags/given/1\",\"sha\":\"" + first + "\"}");
        JsonNode given = create("{\"tag_name\":\"given/1\"}");

        assertThat(hub.json(Hub.repository("/git/ref/tags/old"))
                        .path("object")
                        .path("sha")
                        .asText())
                .isEqualTo(first);
        assertThat(hub.json(Hub.repository("/git/ref/tags/given/1"))
                        .path("object")
                        .path("sha")
                        .asText())
                .isEqualTo(first);
        assertThat(hub.json(Hub.repository("/releases/tags/given/1"))).isEqualTo(given);
    }

    @Test
    void aDraftIsForThoseWhoMayPushAndHasNoTag() {
        JsonNode draft = create("{\"tag_name\":\"v2\",\"draft\":true}");

        assertThat(draft.path("published_at").isNull()).isTrue();
        assertThat(draft.path("html_url").asText()).contains("/releases/tag/untagged-");
        assertThat(hub.get(Hub.repository("/releases/tags/v2")).statusCode()).isEqualTo(404);
        assertThat(hub.get(Hub.repository("/releases/latest")).statusCode()).isEqualTo(404);
        assertThat(hub.get(Hub.repository("/git/ref/tags/v2")).statusCode()).isEqualTo(404);
        assertThat(hub.json(Hub.repository("/releases")).size()).isEqualTo(1);
        clock.advance(Duration.ofMinutes(1));
        JsonNode published =
                hub.expect(200, "PATCH", "/releases/" + draft.path("id"), "{\"draft\":false,\"name\":\"Two\"}");
        assertThat(published.path("published_at").asText()).isEqualTo("2026-11-21T08:01:00Z");
        assertThat(published.path("name").asText()).isEqualTo("Two");
        assertThat(hub.get(Hub.repository("/git/ref/tags/v2")).statusCode()).isEqualTo(200);
    }

    @Test
    void aJobThatMayOnlyReadSeesNoDraft() throws IOException {
        JsonNode draft = create("{\"tag_name\":\"v2\",\"draft\":true}");
        hub.workflow("""
                on: workflow_dispatch
                permissions:
                  contents: read
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    env:
                      TOKEN: ${{ secrets.GITHUB_TOKEN }}
                    steps:
                      - run: |
                          api() { curl -s -o body -w "$1 %%{http_code}\\n" -H "Authorization: Bearer $TOKEN" "${@:2}"; }
                          api one "$GITHUB_API_URL/repos/acme/runner/releases/%1$s"
                          api list "$GITHUB_API_URL/repos/acme/runner/releases"; cat body
                          api create -d '{"tag_name":"v3"}' "$GITHUB_API_URL/repos/acme/runner/releases"
                """.formatted(draft.path("id")));

        assertThat(hub.awaitLog(hub.dispatch()))
                .contains("one 404")
                .contains("list 200")
                .contains(" []")
                .contains("create 403");
    }

    @Test
    void theLatestReleaseIsTheOneThatIsMadeSo() {
        JsonNode one = create("{\"tag_name\":\"v1\"}");
        JsonNode two = create("{\"tag_name\":\"v2\"}");
        create("{\"tag_name\":\"v3-rc\",\"prerelease\":true}");
        create("{\"tag_name\":\"v0\",\"make_latest\":\"false\"}");

        assertThat(hub.json(Hub.repository("/releases/latest"))).isEqualTo(two);
        hub.expect(200, "PATCH", "/releases/" + one.path("id"), "{\"make_latest\":\"true\"}");
        assertThat(latest()).isEqualTo("v1");
        hub.expect(204, "DELETE", "/releases/" + one.path("id"), "");
        assertThat(latest()).isNotEqualTo("v3-rc");
        assertThat(hub.json(Hub.repository("/releases?per_page=2"))).hasSize(2);
        assertThat(hub.get(Hub.repository("/git/ref/tags/v1")).statusCode()).isEqualTo(200);
    }

    private String latest() {
        return hub.json(Hub.repository("/releases/latest")).path("tag_name").asText();
    }

    @Test
    void notesSayWhereToSeeWhatChanged() {
        JsonNode first = create("{\"tag_name\":\"v1\",\"generate_release_notes\":true}");
        JsonNode second = create("{\"tag_name\":\"v2\",\"generate_release_notes\":true,\"body\":\"Better\"}");
        JsonNode notes = hub.expect(200, "POST", "/releases/generate-notes", "{\"tag_name\":\"v3\"}");

        String html = hub.github.url() + "/acme/runner";
        assertThat(first.path("body").asText()).isEqualTo("**Full Changelog**: " + html + "/commits/v1");
        assertThat(second.path("body").asText())
                .isEqualTo("Better\n\n**Full Changelog**: " + html + "/compare/v1...v2");
        assertThat(notes.path("body").asText()).endsWith("/compare/v2...v3");
    }

    @Test
    void whatCannotBeReleasedIsRefused() {
        JsonNode one = create("{\"tag_name\":\"v1\"}");
        JsonNode draft = create("{\"tag_name\":\"v1\",\"draft\":true}");

        assertThat(hub.refusal(422, "POST", "/releases", "{}")).contains("\"tag_name\" wasn't supplied");
        assertThat(error("POST", "/releases", "{\"tag_name\":\"v1\"}")).isEqualTo("tag_name already_exists");
        assertThat(error("PATCH", "/releases/" + draft.path("id"), "{\"draft\":false}"))
                .isEqualTo("tag_name already_exists");
        assertThat(error("POST", "/releases", "{\"tag_name\":\"v 1\"}")).isEqualTo("tag_name custom");
        assertThat(error("POST", "/releases", "{\"tag_name\":\"v9\",\"target_commitish\":\"none\"}"))
                .isEqualTo("target_commitish invalid");
        assertThat(error("POST", "/releases", "{\"tag_name\":\"v9\",\"make_latest\":\"true \"}"))
                .isEqualTo("make_latest invalid");
        assertThat(hub.refusal(404, "POST", "/releases", "{\"tag_name\":\"v9\",\"discussion_category_name\":\"x\"}"))
                .contains("discussions");
        for (String path : List.of("/releases/99", "/releases/x", "/releases/assets/99", "/releases/tags/none")) {
            assertThat(hub.get(Hub.repository(path)).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(one.path("id").asLong()).isNotEqualTo(draft.path("id").asLong());
    }

    private String error(String method, String path, String body) {
        JsonNode error = hub.expect(422, method, path, body).path("errors").path(0);
        return error.path("field").asText() + " " + error.path("code").asText();
    }

    @Test
    void anEmptyRepositoryHasNothingToRelease() throws IOException {
        hub.github.createRepository("acme", "empty");

        HttpResponse<String> response = hub.post("/repos/acme/empty/releases", "{\"tag_name\":\"v1\"}");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains("Repository is empty.");
    }

    @Test
    void aFileIsUploadedAndDownloadedAgain() {
        JsonNode release = create("{\"tag_name\":\"v1\"}");
        JsonNode asset =
                Hub.json(upload(release, "?name=a%20b.txt&label=A%20text", "hello".getBytes(StandardCharsets.UTF_8)));
        String path = Hub.repository("/releases/assets/" + asset.path("id"));

        assertThat(asset.path("name").asText()).isEqualTo("a.b.txt");
        assertThat(asset.path("label").asText()).isEqualTo("A text");
        assertThat(asset.path("size").asInt()).isEqualTo(5);
        assertThat(asset.path("content_type").asText()).isEqualTo("text/plain");
        assertThat(asset.path("digest").asText())
                .isEqualTo("sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assertThat(asset.path("browser_download_url").asText())
                .isEqualTo(hub.github.url() + "/acme/runner/releases/download/v1/a.b.txt");
        assertThat(download(path)).isEqualTo("hello");
        assertThat(download(asset.path("browser_download_url").asText())).isEqualTo("hello");
        assertThat(hub.send(hub.request(asset.path("browser_download_url").asText()))
                        .statusCode())
                .isEqualTo(401);
        assertThat(hub.json(path).path("download_count").asInt()).isEqualTo(2);
        assertThat(hub.json(Hub.repository("/releases/tags/v1")).path("assets").path(0))
                .isEqualTo(hub.json(path));
        assertThat(hub.json(Hub.repository("/releases/" + release.path("id") + "/assets"))
                        .path(0))
                .isEqualTo(hub.json(path));
    }

    private String download(String path) {
        HttpResponse<String> redirect = hub.send(hub.request(path)
                .header("Authorization", "Bearer " + hub.github.token())
                .header("Accept", "application/octet-stream"));
        assertThat(redirect.statusCode()).as(redirect.body()).isEqualTo(302);
        return hub.send(hub.request(redirect.headers().firstValue("Location").orElseThrow()))
                .body();
    }

    @Test
    void aFileMayBeLargerThanOtherBodies() throws IOException {
        JsonNode release = create("{\"tag_name\":\"v1\"}");
        byte[] large = new byte[20 << 20];
        large[large.length - 1] = 1;

        HttpResponse<String> response = upload(release, "?name=large.bin", large);

        assertThat(Hub.json(response).path("size").asInt()).isEqualTo(large.length);
        Path file = state.resolve("about/acme/runner/assets")
                .resolve(Hub.json(response).path("id").asText());
        assertThat(file).hasBinaryContent(large);
        try (Stream<Path> left = Files.list(state.resolve("spool"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aFileIsRenamedAndRemoved() {
        JsonNode release = create("{\"tag_name\":\"v1\"}");
        JsonNode asset = uploaded(release, "one.txt", "1");
        uploaded(release, "two.txt", "2");
        String path = "/releases/assets/" + asset.path("id");

        JsonNode renamed = hub.expect(200, "PATCH", path, "{\"name\":\"three.txt\",\"label\":\"Three\"}");
        assertThat(renamed.path("name").asText()).isEqualTo("three.txt");
        assertThat(renamed.path("label").asText()).isEqualTo("Three");
        assertThat(error("PATCH", path, "{\"name\":\"two.txt\"}")).isEqualTo("name already_exists");
        hub.expect(204, "DELETE", path, "");
        hub.expect(404, "DELETE", path, "");
        assertThat(state.resolve("about/acme/runner/assets")
                        .resolve(asset.path("id").asText()))
                .doesNotExist();
        hub.expect(204, "DELETE", "/releases/" + release.path("id"), "");
        assertThat(state.resolve("about/acme/runner/assets")).isEmptyDirectory();
    }

    @Test
    void whatCannotBeUploadedIsRefused() {
        JsonNode release = create("{\"tag_name\":\"v1\"}");
        uploaded(release, "one.txt", "1");
        byte[] some = {1};

        HttpResponse<String> taken = upload(release, "?name=one.txt", some);
        HttpResponse<String> nameless = upload(release, "", some);
        HttpResponse<String> empty = upload(release, "?name=empty", new byte[0]);
        HttpResponse<String> anybody =
                hub.send(hub.request(release.path("upload_url").asText().replaceFirst("\\{.*", "?name=x"))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[1 << 20])));

        assertThat(taken.statusCode()).isEqualTo(422);
        assertThat(Hub.json(taken).path("errors").path(0).path("code").asText()).isEqualTo("already_exists");
        assertThat(nameless.statusCode()).isEqualTo(422);
        assertThat(empty.statusCode()).isEqualTo(400);
        assertThat(anybody.statusCode()).isEqualTo(401);
        JsonNode none =
                Json.object().put("upload_url", hub.github.url() + "/_uploads/repos/acme/runner/releases/99/assets");
        assertThat(upload(none, "?name=x", some).statusCode()).isEqualTo(404);
    }

    @Test
    void releasesAndFilesOutliveARestart() throws IOException {
        JsonNode release = create("{\"tag_name\":\"v1\"}");
        JsonNode asset = uploaded(release, "one.txt", "kept");
        hub.close();
        hub = new Hub(LocalGitHub.at(state).clock(clock));

        assertThat(hub.json(Hub.repository("/releases/tags/v1")).path("id")).isEqualTo(release.path("id"));
        assertThat(download(Hub.repository("/releases/assets/" + asset.path("id"))))
                .isEqualTo("kept");
    }

    @Test
    void anEnterpriseServerTakesUploadsInAFolderOfItsOwn(@TempDir Path other) throws IOException {
        Hub first = hub;
        hub = new Hub(LocalGitHub.at(other).mode(Mode.GHES)).file("a", "b");
        try {
            JsonNode release = create("{\"tag_name\":\"v1\"}");
            JsonNode asset = uploaded(release, "one.txt", "1");

            assertThat(release.path("upload_url").asText())
                    .startsWith(hub.github.url() + "/api/uploads/repos/acme/runner/releases/");
            assertThat(download(asset.path("browser_download_url").asText())).isEqualTo("1");
        } finally {
            hub.close();
            hub = first;
        }
    }

    @Test
    void queriesFindReleases() {
        create("{\"tag_name\":\"v1\",\"name\":\"One\"}");
        create("{\"tag_name\":\"v2\",\"draft\":true}");
        String query = """
                { repository(owner: "acme", name: "runner") {
                    releases(first: 5) { nodes { name tagName isDraft isLatest } }
                    release(tagName: "v2") { databaseId isDraft }
                    latestRelease { tagName publishedAt } } }
                """;

        JsonNode repository = Hub.json(
                        hub.post("/graphql", Json.object().put("query", query).toString()))
                .path("data")
                .path("repository");

        assertThat(repository.path("releases").path("nodes").findValuesAsText("tagName"))
                .containsExactly("v2", "v1");
        assertThat(repository.path("release").path("isDraft").asBoolean()).isTrue();
        assertThat(repository.path("latestRelease").path("tagName").asText()).isEqualTo("v1");
    }

    @Test
    void theUsualJavaClientReleasesToo() throws IOException {
        GHRepository repository = new GitHubBuilder()
                .withEndpoint(hub.github.apiUrl().toString())
                .withOAuthToken(hub.github.token())
                .build()
                .getRepository("acme/runner");
        Path file = Files.writeString(state.resolve("file.txt"), "content");

        GHRelease release = repository
                .createRelease("v1")
                .name("One")
                .body("New")
                .commitish("main")
                .draft(true)
                .create();
        GHAsset asset = release.uploadAsset(file.toFile(), "text/plain");
        asset.setLabel("label");
        release.update().draft(false).name("First").update();

        assertThat(repository.getLatestRelease().getName()).isEqualTo("First");
        assertThat(repository.getReleaseByTagName("v1").listAssets().toList())
                .extracting(GHAsset::getName, GHAsset::getSize, GHAsset::getState)
                .containsExactly(tuple("file.txt", 7L, "uploaded"));
        assertThat(repository.listReleases().toList()).hasSize(1);
        asset.delete();
        assertThat(repository.getRelease(release.getId()).listAssets().toList()).isEmpty();
        release.delete();
        assertThat(repository.getReleaseByTagName("v1")).isNull();
    }
}
