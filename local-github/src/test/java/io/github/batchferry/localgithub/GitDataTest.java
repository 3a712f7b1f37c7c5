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

class GitDataTest {
    private static final String NOBODY = "0123456789012345678901234567890123456789";

    @TempDir
    Path state;

    private Hub hub;
    private String main;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state).file("README.md", "hello\n").file("docs/a.txt", "a\n");
        main = tip("heads/main");
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private String tip(String ref) {
        return hub.expect(200, "GET", "/git/ref/" + ref, "").at("/object/sha").asText();
    }

    private String blob(String content) {
        return hub.expect(201, "POST", "/git/blobs", "{\"content\":\"" + content + "\"}")
                .path("sha")
                .asText();
    }

    private String treeWith(String entry) {
        String body = "{\"base_tree\":\"" + main + "\",\"tree\":[" + entry + "]}";
        return hub.expect(201, "POST", "/git/trees", body).path("sha").asText();
    }

    private String commit(String tree, String parents) {
        String body = "{\"message\":\"m\",\"tree\":\"" + tree + "\",\"parents\":[" + parents + "]}";
        return hub.expect(201, "POST", "/git/commits", body).path("sha").asText();
    }

    private JsonNode ref(String name, String sha) {
        return hub.expect(201, "POST", "/git/refs", "{\"ref\":\"" + name + "\",\"sha\":\"" + sha + "\"}");
    }

    @Test
    void aBlobIsStoredAsTextOrBase64AndReadAgain() {
        assertThat(blob("hello\\n")).isEqualTo("ce013625030ba8dba906f756967f9e9ca394464a");
        JsonNode same = hub.expect(201, "POST", "/git/blobs", "{\"content\":\"aGVs\\nbG8K\",\"encoding\":\"base64\"}");
        JsonNode read = hub.expect(200, "GET", "/git/blobs/" + same.path("sha").asText(), "");

        assertThat(read.path("sha").asText()).isEqualTo("ce013625030ba8dba906f756967f9e9ca394464a");
        assertThat(read.path("size").asInt()).isEqualTo(6);
        assertThat(read.path("content").asText()).isEqualTo("aGVsbG8K\n");
        assertThat(hub.refusal(422, "POST", "/git/blobs", "{\"content\":\"%\",\"encoding\":\"base64\"}"))
                .isEqualTo("content is not valid Base64");
        assertThat(hub.refusal(422, "POST", "/git/blobs", "{\"content\":\"x\",\"encoding\":\"hex\"}"))
                .isEqualTo("Validation Failed");
        assertThat(hub.refusal(404, "GET", "/git/blobs/" + main, "")).isEqualTo("Not Found");
    }

    @Test
    void aMissingKeyAndAWrongTypeAreNamed() {
        JsonNode missing = hub.expect(422, "POST", "/git/blobs", "{}");
        JsonNode wrong = hub.expect(422, "POST", "/git/blobs", "{\"content\":5}");

        assertThat(missing.path("message").asText()).isEqualTo("Invalid request.\n\n\"content\" wasn't supplied.");
        assertThat(missing.at("/errors/0/code").asText()).isEqualTo("missing_field");
        assertThat(wrong.path("message").asText())
                .isEqualTo("Invalid request.\n\nFor 'properties/content', 5 is not a string.");
        assertThat(wrong.at("/errors/0/resource").asText()).isEqualTo("Blob");
        assertThat(wrong.at("/errors/0/field").asText()).isEqualTo("content");
        assertThat(hub.refusal(400, "POST", "/git/blobs", "nonsense")).isEqualTo("Problems parsing JSON");
    }

    @Test
    void aTreeIsListedFlatOrDeep() {
        JsonNode flat = hub.expect(200, "GET", "/git/trees/main", "");
        JsonNode deep = hub.expect(200, "GET", "/git/trees/" + main + "?recursive=1", "");

        assertThat(flat.findValuesAsText("path")).containsExactly("README.md", "docs");
        assertThat(flat.at("/tree/1/type").asText()).isEqualTo("tree");
        assertThat(flat.at("/tree/1/mode").asText()).isEqualTo("040000");
        assertThat(flat.at("/tree/1").has("size")).isFalse();
        assertThat(deep.findValuesAsText("path")).containsExactly("README.md", "docs", "docs/a.txt");
        assertThat(deep.path("truncated").asBoolean()).isFalse();
        assertThat(deep.at("/tree/2/size").asInt()).isEqualTo(2);
        assertThat(hub.refusal(404, "GET", "/git/trees/" + NOBODY, "")).isEqualTo("Not Found");
    }

    @Test
    void aTreeIsMadeFromAnotherByItsChanges() {
        String sha = blob("x");
        String tree =
                treeWith("{\"path\":\"docs/b/c.sh\",\"mode\":\"100755\",\"type\":\"blob\",\"sha\":\"" + sha + "\"},"
                        + "{\"path\":\"new.txt\",\"mode\":\"100644\",\"type\":\"blob\",\"content\":\"neu\"},"
                        + "{\"path\":\"docs/a.txt\",\"mode\":\"100644\",\"type\":\"blob\",\"sha\":null}");
        JsonNode listed = hub.expect(200, "GET", "/git/trees/" + tree + "?recursive=true", "");

        assertThat(listed.findValuesAsText("path"))
                .containsExactly("README.md", "docs", "docs/b", "docs/b/c.sh", "new.txt");
        assertThat(listed.at("/tree/3/mode").asText()).isEqualTo("100755");

        String docs = listed.at("/tree/1/sha").asText();
        String grafted = treeWith("{\"path\":\"docs\",\"mode\":\"040000\",\"type\":\"tree\",\"sha\":\"" + docs + "\"}");
        assertThat(hub.expect(200, "GET", "/git/trees/" + grafted + "?recursive=1", "")
                        .findValuesAsText("path"))
                .containsExactly("README.md", "docs", "docs/b", "docs/b/c.sh");
    }

    @Test
    void aTreeWithoutABaseHoldsOnlyWhatIsNamed() {
        JsonNode tree = hub.expect(
                201, "POST", "/git/trees", "{\"tree\":[{\"path\":\"only\",\"mode\":\"100644\",\"content\":\"1\"}]}");

        assertThat(tree.findValuesAsText("path")).containsExactly("only");
    }

    @Test
    void aTreeThatCannotBeIsRefused() {
        for (Map.Entry<String, String> entry : Map.of(
                        "{\"path\":\"a\",\"mode\":\"100644\"}",
                        "Must supply either tree.sha or tree.content.",
                        "{\"path\":\"a\",\"mode\":\"100644\",\"sha\":\"" + main + "\"}",
                        "tree.sha " + main + " is not a valid blob",
                        "{\"path\":\"a\",\"mode\":\"777\",\"content\":\"\"}",
                        "Must supply a valid tree.mode: 100644, 100755, 040000, 160000 or 120000",
                        "{\"path\":\"a\",\"mode\":\"100644\",\"type\":\"tree\",\"content\":\"\"}",
                        "tree.type tree does not fit tree.mode 100644",
                        "{\"path\":\"../a\",\"mode\":\"100644\",\"content\":\"\"}",
                        "tree.path contains a malformed path component",
                        "{\"mode\":\"100644\",\"content\":\"\"}",
                        "Invalid request.\n\n\"tree/items/path\" wasn't supplied.")
                .entrySet()) {
            assertThat(hub.refusal(422, "POST", "/git/trees", "{\"tree\":[" + entry.getKey() + "]}"))
                    .isEqualTo(entry.getValue());
        }
        assertThat(hub.refusal(422, "POST", "/git/trees", "{\"tree\":[],\"base_tree\":\"" + NOBODY + "\"}"))
                .isEqualTo("base_tree is not a valid tree oid");
    }

    @Test
    void aCommitWithoutParentsBeginsAHistoryOfItsOwn() {
        String tree = treeWith("{\"path\":\"x\",\"mode\":\"100644\",\"content\":\"x\"}");
        String body = "{\"message\":\"Start\\n\",\"tree\":\"" + tree + "\",\"parents\":[],\"author\":{\"name\":\"A\","
                + "\"email\":\"a@b.c\",\"date\":\"2026-11-20T10:00:00+02:00\"}}";
        JsonNode made = hub.expect(201, "POST", "/git/commits", body);
        JsonNode read =
                hub.expect(200, "GET", "/git/commits/" + made.path("sha").asText(), "");

        assertThat(read).isEqualTo(made);
        assertThat(read.path("parents")).isEmpty();
        assertThat(read.path("message").asText()).isEqualTo("Start");
        assertThat(read.at("/author/date").asText()).isEqualTo("2026-11-20T08:00:00Z");
        assertThat(read.path("committer")).isEqualTo(read.path("author"));
        assertThat(read.at("/verification/reason").asText()).isEqualTo("unsigned");
    }

    @Test
    void aCommitOfNothingIsRefused() {
        assertThat(hub.refusal(422, "POST", "/git/commits", "{\"message\":\"m\",\"tree\":\"" + NOBODY + "\"}"))
                .isEqualTo("Tree SHA does not exist");
        String tree = treeWith("{\"path\":\"x\",\"mode\":\"100644\",\"content\":\"x\"}");
        assertThat(hub.refusal(
                        422,
                        "POST",
                        "/git/commits",
                        "{\"message\":\"m\",\"tree\":\"" + tree + "\",\"parents\":[\"" + NOBODY + "\"]}"))
                .isEqualTo("Parent SHA does not exist or is not a commit object");
        assertThat(hub.refusal(404, "GET", "/git/commits/" + tree, "")).isEqualTo("Not Found");
    }

    @Test
    void aRefOfSeveralSegmentsIsFoundInBothSpellings() {
        JsonNode made = ref("refs/heads/eval-results/b 1".replace(" ", "-"), main);

        assertThat(tip("heads/eval-results/b-1")).isEqualTo(main);
        assertThat(tip("heads%2Feval-results%2Fb-1")).isEqualTo(main);
        assertThat(made.path("ref").asText()).isEqualTo("refs/heads/eval-results/b-1");
        assertThat(hub.json(made.path("url").asText()).path("ref")).isEqualTo(made.path("ref"));
        assertThat(hub.expect(200, "GET", "/git/matching-refs/heads/eval-", "").findValuesAsText("ref"))
                .containsExactly("refs/heads/eval-results/b-1");
        assertThat(hub.expect(200, "GET", "/git/matching-refs/heads/none", "")).isEmpty();
        assertThat(hub.expect(200, "GET", "/git/refs/heads", "").findValuesAsText("ref"))
                .containsExactly("refs/heads/eval-results/b-1", "refs/heads/main");
        assertThat(hub.expect(200, "GET", "/git/refs", "")).hasSize(2);
        assertThat(hub.refusal(404, "GET", "/git/ref/heads/eval-results", "")).isEqualTo("Not Found");
        assertThat(hub.refusal(404, "GET", "/git/refs/heads/none", "")).isEqualTo("Not Found");
    }

    @Test
    void aRefThatCannotBeCreatedIsRefused() {
        for (Map.Entry<String, String> refused : Map.of(
                        "refs/heads/main", "Reference already exists",
                        "refs/heads/main/deeper", "Reference cannot be updated",
                        "heads/x", "Reference name must start with 'refs/' and have at least two slashes.",
                        "refs/heads/a..b", "refs/heads/a..b is not a valid ref name.")
                .entrySet()) {
            assertThat(hub.refusal(
                            422,
                            "POST",
                            "/git/refs",
                            "{\"ref\":\"" + refused.getKey() + "\",\"sha\":\"" + main + "\"}"))
                    .isEqualTo(refused.getValue());
        }
        assertThat(hub.refusal(422, "POST", "/git/refs", "{\"ref\":\"refs/heads/x\",\"sha\":\"" + NOBODY + "\"}"))
                .isEqualTo("Object does not exist");
        assertThat(hub.refusal(422, "POST", "/git/refs", "{\"ref\":\"refs/heads/x\",\"sha\":\"" + blob("x") + "\"}"))
                .isEqualTo("Object is not a commit");
    }

    @Test
    void aRefGoesForwardAndBackOnlyByForce() {
        String next = commit(treeWith("{\"path\":\"x\",\"mode\":\"100644\",\"content\":\"x\"}"), "\"" + main + "\"");
        String move = "{\"sha\":\"" + next + "\"}";
        String back = "{\"sha\":\"" + main + "\"}";

        assertThat(hub.expect(200, "PATCH", "/git/refs/heads/main", move)
                        .at("/object/sha")
                        .asText())
                .isEqualTo(next);
        assertThat(hub.refusal(422, "PATCH", "/git/refs/heads/main", back)).isEqualTo("Update is not a fast forward");
        assertThat(tip("heads/main")).isEqualTo(next);
        hub.expect(200, "PATCH", "/git/refs/heads%2Fmain", "{\"sha\":\"" + main + "\",\"force\":true}");
        assertThat(tip("heads/main")).isEqualTo(main);
        assertThat(hub.refusal(422, "PATCH", "/git/refs/heads/none", back)).isEqualTo("Reference does not exist");
    }

    @Test
    void aRefIsDeletedUnlessItIsTheDefaultBranch() {
        ref("refs/heads/a/b", main);

        hub.expect(204, "DELETE", "/git/refs/heads/a/b", "");

        assertThat(hub.refusal(404, "GET", "/git/ref/heads/a/b", "")).isEqualTo("Not Found");
        assertThat(hub.refusal(422, "DELETE", "/git/refs/heads/a/b", "")).isEqualTo("Reference does not exist");
        assertThat(hub.refusal(422, "DELETE", "/git/refs/heads/main", ""))
                .isEqualTo("refusing to delete the default branch");
        assertThat(tip("heads/main")).isEqualTo(main);
    }

    @Test
    void anAnnotatedTagIsAnObjectAndARef() {
        String body = "{\"tag\":\"v1\",\"message\":\"First\",\"object\":\"" + main + "\",\"type\":\"commit\"}";
        JsonNode tag = hub.expect(201, "POST", "/git/tags", body);
        JsonNode ref = ref("refs/tags/v1", tag.path("sha").asText());

        assertThat(ref.at("/object/type").asText()).isEqualTo("tag");
        assertThat(hub.expect(200, "GET", "/git/tags/" + tag.path("sha").asText(), ""))
                .isEqualTo(tag);
        assertThat(tag.at("/tagger/name").asText()).isEqualTo("local");
        assertThat(hub.expect(200, "GET", "/git/trees/v1", "").path("tree")).hasSize(2);
        assertThat(hub.refusal(404, "GET", "/git/tags/" + main, "")).isEqualTo("Not Found");
        assertThat(hub.refusal(422, "POST", "/git/tags", body.replace("\"commit\"", "\"blob\"")))
                .isEqualTo("Object does not exist or is not a blob");
    }

    @Test
    void anEmptyRepositoryHasNoObjectsToSpeakOf() throws IOException {
        hub.github.createRepository("acme", "empty");
        for (Map.Entry<String, String> call : Map.of(
                        "GET /git/ref/heads/main", "",
                        "GET /git/trees/main", "",
                        "POST /git/blobs", "{\"content\":\"\"}",
                        "POST /git/trees", "{\"tree\":[]}",
                        "POST /git/refs", "{\"ref\":\"refs/heads/x\",\"sha\":\"" + main + "\"}")
                .entrySet()) {
            String[] parts = call.getKey().split(" ");
            HttpResponse<String> response = hub.call(parts[0], "/repos/acme/empty" + parts[1], call.getValue());
            assertThat(response.statusCode()).as(call.getKey()).isEqualTo(409);
            assertThat(Hub.json(response).path("message").asText()).isEqualTo("Git Repository is empty.");
        }
    }

    @Test
    void whatWasStoredSurvivesARestart() throws IOException {
        String commit = commit(treeWith("{\"path\":\"x\",\"mode\":\"100644\",\"content\":\"x\"}"), "");
        ref("refs/heads/orphan", commit);

        hub.close();
        hub = new Hub(state);

        assertThat(tip("heads/orphan")).isEqualTo(commit);
        assertThat(hub.expect(200, "GET", "/git/commits/" + commit, "")
                        .path("message")
                        .asText())
                .isEqualTo("m");
    }
}
