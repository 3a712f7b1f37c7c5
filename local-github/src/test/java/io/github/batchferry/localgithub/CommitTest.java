package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitTest {
    @TempDir
    Path state;

    private Hub hub;
    private String root;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state).file("a.txt", "1\n2\n3\n");
        root = sha("main");
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private String sha(String ref) {
        return hub.expect(200, "GET", "/commits/" + ref, "").path("sha").asText();
    }

    private String put(String path, String base64, String more) {
        return hub.expect(
                        path.equals("a.txt") ? 200 : 201,
                        "PUT",
                        "/contents/" + path,
                        "{\"message\":\"Put " + path + "\",\"content\":\"" + base64 + "\"" + more + "}")
                .at("/commit/sha")
                .asText();
    }

    private void branch(String name, String sha) {
        hub.expect(201, "POST", "/git/refs", "{\"ref\":\"refs/heads/" + name + "\",\"sha\":\"" + sha + "\"}");
    }

    @Test
    void aCommitShowsWhatItChanged() throws IOException {
        hub.file("a.txt", "1\ntwo\n3\n4\n");
        JsonNode commit = hub.expect(200, "GET", "/commits/main", "");

        assertThat(commit.at("/commit/message").asText()).isEqualTo("Add a.txt");
        assertThat(commit.at("/stats/additions").asInt()).isEqualTo(2);
        assertThat(commit.at("/stats/deletions").asInt()).isEqualTo(1);
        assertThat(commit.at("/files/0/status").asText()).isEqualTo("modified");
        assertThat(commit.at("/files/0/patch").asText()).isEqualTo("@@ -1,3 +1,4 @@\n 1\n-2\n+two\n 3\n+4");
        assertThat(commit.at("/parents/0/sha").asText()).isEqualTo(root);
        assertThat(commit.path("author").isNull()).isTrue();
        JsonNode first = hub.expect(200, "GET", "/commits/" + root.substring(0, 7), "");
        assertThat(first.at("/files/0/status").asText()).isEqualTo("added");
        assertThat(first.path("parents")).isEmpty();
    }

    @Test
    void filesThatAreNoTextHaveNoPatchAndMovedOnesTheirOldName() throws IOException {
        hub.github.commit(
                "acme", "runner", "Add", Map.of("bin", new byte[] {0, 1, 2, 0}, "ünï.txt", "ü\n".getBytes("UTF-8")));
        String tree = hub.expect(200, "GET", "/git/trees/main", "").path("sha").asText();
        String blob = hub.expect(200, "GET", "/contents/a.txt", "").path("sha").asText();
        String moved = hub.expect(
                        201,
                        "POST",
                        "/git/trees",
                        "{\"base_tree\":\"" + tree
                                + "\",\"tree\":[{\"path\":\"a.txt\",\"mode\":\"100644\",\"sha\":null},"
                                + "{\"path\":\"b/c.txt\",\"mode\":\"100644\",\"sha\":\"" + blob + "\"}]}")
                .path("sha")
                .asText();
        String commit = hub.expect(
                        201,
                        "POST",
                        "/git/commits",
                        "{\"message\":\"Move\",\"tree\":\"" + moved + "\",\"parents\":[\"" + sha("main") + "\"]}")
                .path("sha")
                .asText();

        JsonNode files = hub.expect(200, "GET", "/commits/main", "").path("files");
        JsonNode rename = hub.expect(200, "GET", "/commits/" + commit, "").at("/files/0");

        assertThat(files.findValuesAsText("filename")).containsExactly("bin", "ünï.txt");
        assertThat(files.at("/0").has("patch")).isFalse();
        assertThat(files.at("/1/patch").asText()).isEqualTo("@@ -0,0 +1 @@\n+ü");
        assertThat(rename.path("status").asText()).isEqualTo("renamed");
        assertThat(rename.path("previous_filename").asText()).isEqualTo("a.txt");
        assertThat(rename.path("filename").asText()).isEqualTo("b/c.txt");
        assertThat(rename.has("patch")).isFalse();
    }

    @Test
    void aCommitComesAsADiffOrAsItsName() {
        HttpResponse<String> diff = hub.send(hub.request(Hub.repository("/commits/main"))
                .header("Authorization", "Bearer " + hub.github.token())
                .header("Accept", "application/vnd.github.diff"));
        HttpResponse<String> name = hub.send(hub.request(Hub.repository("/commits/main"))
                .header("Authorization", "Bearer " + hub.github.token())
                .header("Accept", "application/vnd.github.sha"));

        assertThat(diff.body()).startsWith("diff --git a/a.txt b/a.txt\nnew file mode 100644\n");
        assertThat(name.body()).isEqualTo(root);
    }

    @Test
    void commitsAreListedNewestFirstAndFiltered() {
        put("docs/b", "", "");
        String last = put("c", "", ",\"author\":{\"name\":\"A\",\"email\":\"a@b.c\"}");
        HttpResponse<String> page = hub.get(Hub.repository("/commits?per_page=2"));

        assertThat(Hub.json(page)).hasSize(2);
        assertThat(Hub.json(page).at("/0/sha").asText()).isEqualTo(last);
        assertThat(page.headers().firstValue("Link").orElseThrow()).contains("page=2>; rel=\"next\"");
        assertThat(messages("?path=docs")).containsExactly("Put docs/b");
        assertThat(messages("?author=local")).containsExactly("Put docs/b");
        assertThat(messages("?author=a@b.c")).containsExactly("Put c");
        assertThat(messages("?sha=" + root)).containsExactly("Add a.txt");
        assertThat(messages("?since=2099-01-01T00:00:00Z")).isEmpty();
        assertThat(messages("?until=2001-01-01T00:00:00Z")).isEmpty();
        assertThat(messages("?since=2001-01-01T00:00:00Z&until=2099-01-01T00:00:00Z"))
                .hasSize(3);
        assertThat(hub.expect(200, "GET", "/commits", "").at("/1/author/login").asText())
                .isEqualTo("local");
        assertThat(hub.refusal(404, "GET", "/commits?sha=none", "")).isEqualTo("Not Found");
    }

    private Iterable<String> messages(String query) {
        return hub.expect(200, "GET", "/commits" + query, "").findValuesAsText("message");
    }

    @Test
    void aCommitThatIsNotThereIsNotFoundInGitHubsWords() throws IOException {
        assertThat(hub.refusal(422, "GET", "/commits/none", "")).isEqualTo("No commit found for SHA: none");
        hub.github.createRepository("acme", "empty");
        assertThat(hub.get("/repos/acme/empty/commits").statusCode()).isEqualTo(409);
    }

    @Test
    void twoLinesOfCommitsAreCompared() {
        branch("topic/x", root);
        put("m1", "", "");
        String t1 = put("t1", "eAo=", ",\"branch\":\"topic/x\"");
        String t2 = put("t2", "", ",\"branch\":\"topic/x\"");

        JsonNode diverged = hub.expect(200, "GET", "/compare/main...topic%2Fx", "");
        JsonNode ahead = hub.expect(200, "GET", "/compare/" + root + "...topic/x", "");
        JsonNode behind = hub.expect(200, "GET", "/compare/acme:main..." + root, "");

        assertThat(diverged.path("status").asText()).isEqualTo("diverged");
        assertThat(diverged.path("ahead_by").asInt()).isEqualTo(2);
        assertThat(diverged.path("behind_by").asInt()).isEqualTo(1);
        assertThat(diverged.at("/merge_base_commit/sha").asText()).isEqualTo(root);
        assertThat(diverged.at("/commits/0/sha").asText()).isEqualTo(t1);
        assertThat(diverged.at("/commits/1/sha").asText()).isEqualTo(t2);
        assertThat(diverged.path("files").findValuesAsText("filename")).containsExactly("t1", "t2");
        assertThat(ahead.path("status").asText()).isEqualTo("ahead");
        assertThat(behind.path("status").asText()).isEqualTo("behind");
        assertThat(hub.expect(200, "GET", "/compare/main...main", "")
                        .path("status")
                        .asText())
                .isEqualTo("identical");
        assertThat(hub.refusal(404, "GET", "/compare/main...none", "")).isEqualTo("Not Found");
        assertThat(hub.refusal(404, "GET", "/compare/other:main...main", "")).isEqualTo("Not Found");
    }

    @Test
    void whatHasNothingInCommonIsNotCompared() {
        String tree = hub.expect(200, "GET", "/git/trees/main", "").path("sha").asText();
        String orphan = hub.expect(
                        201, "POST", "/git/commits", "{\"message\":\"m\",\"tree\":\"" + tree + "\",\"parents\":[]}")
                .path("sha")
                .asText();
        branch("orphan", orphan);

        assertThat(hub.refusal(404, "GET", "/compare/main...orphan", ""))
                .isEqualTo("No common ancestor between main and orphan.");
    }

    @Test
    void tagsOfBothKindsAreListedWithTheirCommit() {
        String body = "{\"tag\":\"v2\",\"message\":\"m\",\"object\":\"" + root + "\",\"type\":\"commit\"}";
        String tag = hub.expect(201, "POST", "/git/tags", body).path("sha").asText();
        hub.expect(201, "POST", "/git/refs", "{\"ref\":\"refs/tags/v1\",\"sha\":\"" + root + "\"}");
        hub.expect(201, "POST", "/git/refs", "{\"ref\":\"refs/tags/v2\",\"sha\":\"" + tag + "\"}");

        JsonNode tags = hub.expect(200, "GET", "/tags", "");

        assertThat(tags.findValuesAsText("name")).containsExactly("v2", "v1");
        assertThat(tags.findValuesAsText("sha")).containsExactly(root, root);
        assertThat(hub.get(tags.at("/0/tarball_url").asText()).statusCode()).isEqualTo(302);
    }
}
