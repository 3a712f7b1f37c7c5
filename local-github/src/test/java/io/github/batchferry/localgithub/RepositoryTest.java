package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryTest {
    @TempDir
    Path state;

    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state).file("README.md", "hello\n");
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private JsonNode create(String path, String body) {
        HttpResponse<String> response = hub.call("POST", path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return Hub.json(response);
    }

    private JsonNode refused(int status, String method, String path, String body) {
        HttpResponse<String> response = hub.call(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return Hub.json(response);
    }

    @Test
    void aRepositoryIsCreatedForTheUserAndForAnyOrganisation() {
        JsonNode own = create("/user/repos", "{\"name\":\"my repo!\",\"private\":true}");
        JsonNode other = create(
                "/orgs/umbrella/repos",
                "{\"name\":\"evals\",\"description\":\"What we ask\",\"auto_init\":true,\"allow_squash_merge\":false}");

        assertThat(own.path("full_name").asText()).isEqualTo("local/my-repo-");
        assertThat(hub.json("/repos/local/my-repo-/branches")).isEmpty();
        assertThat(other.path("allow_squash_merge").asBoolean()).isFalse();
        String readme = hub.json("/repos/umbrella/evals/readme").path("content").asText();
        assertThat(Base64.getMimeDecoder().decode(readme)).asString().isEqualTo("# evals\nWhat we ask\n");
        assertThat(hub.json("/user/repos").findValuesAsText("full_name"))
                .containsExactly("acme/runner", "local/my-repo-", "umbrella/evals");
        assertThat(hub.json("/orgs/umbrella/repos").findValuesAsText("full_name"))
                .containsExactly("umbrella/evals");
        assertThat(hub.json("/repositories/" + other.path("id").asText()).path("full_name"))
                .isEqualTo(other.path("full_name"));
    }

    @Test
    void listsOfRepositoriesHavePagesAndOrders() throws IOException {
        hub.github.createRepository("acme", "z");
        HttpResponse<String> page = hub.get("/user/repos?per_page=1&direction=desc");

        assertThat(Hub.json(page).findValuesAsText("full_name")).containsExactly("acme/z");
        assertThat(page.headers().firstValue("Link").orElseThrow()).contains("rel=\"next\"");
        assertThat(hub.json("/user/repos?sort=created").findValuesAsText("full_name"))
                .containsExactly("acme/z", "acme/runner");
    }

    @Test
    void aRepositoryThatCannotBeIsRefusedByName() {
        JsonNode taken = refused(422, "POST", "/orgs/acme/repos", "{\"name\":\"runner\"}");
        JsonNode open = refused(422, "POST", "/user/repos", "{\"name\":\"x\",\"private\":false}");
        JsonNode licensed = refused(422, "POST", "/user/repos", "{\"name\":\"x\",\"license_template\":\"mit\"}");

        assertThat(taken.path("message").asText()).isEqualTo("Repository creation failed.");
        assertThat(taken.at("/errors/0/message").asText()).isEqualTo("name already exists on this account");
        assertThat(open.at("/errors/0/message").asText())
                .isEqualTo("the embedded GitHub knows `private` with the value true only");
        assertThat(licensed.at("/errors/0/message").asText())
                .isEqualTo("the embedded GitHub does not know `license_template`; leave it out");
        assertThat(hub.json("/user/repos")).hasSize(1);
    }

    @Test
    void settingsAreChangedAndSurviveARestart() throws IOException {
        String main = hub.expect(200, "GET", "/git/ref/heads/main", "")
                .at("/object/sha")
                .asText();
        hub.expect(201, "POST", "/git/refs", "{\"ref\":\"refs/heads/next\",\"sha\":\"" + main + "\"}");

        JsonNode changed = hub.expect(
                200,
                "PATCH",
                "",
                "{\"description\":\"Runs\",\"default_branch\":\"next\",\"allow_rebase_merge\":false,"
                        + "\"delete_branch_on_merge\":true}");
        hub.close();
        hub = new Hub(state);
        JsonNode after = hub.json(Hub.repository(""));

        assertThat(after.path("description").asText()).isEqualTo("Runs");
        assertThat(after.path("default_branch").asText()).isEqualTo("next");
        assertThat(after.path("allow_rebase_merge").asBoolean()).isFalse();
        assertThat(after.path("delete_branch_on_merge").asBoolean()).isTrue();
        assertThat(after.path("updated_at")).isEqualTo(changed.path("updated_at"));
    }

    @Test
    void settingsThatCannotBeAreRefusedAndNothingChanges() throws IOException {
        JsonNode before = hub.json(Hub.repository(""));
        hub.github.createRepository("acme", "empty");

        assertThat(hub.expect(422, "PATCH", "", "{\"description\":\"x\",\"default_branch\":\"none\"}")
                        .at("/errors/0/message")
                        .asText())
                .startsWith("The branch none was not found.");
        assertThat(hub.expect(422, "PATCH", "", "{\"archived\":true}")
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("archived");
        assertThat(hub.expect(422, "PATCH", "", "{\"name\":\"other\"}")
                        .at("/errors/0/message")
                        .asText())
                .contains("does not rename");
        assertThat(hub.expect(
                                422,
                                "PATCH",
                                "",
                                "{\"allow_merge_commit\":false,\"allow_squash_merge\":false,\"allow_rebase_merge\":false}")
                        .at("/errors/0/message")
                        .asText())
                .contains("at least one merge strategy");
        assertThat(refused(422, "PATCH", "/repos/acme/empty", "{\"default_branch\":\"x\"}")
                        .path("message")
                        .asText())
                .startsWith("Cannot update default branch for an empty repository.");
        assertThat(hub.json(Hub.repository(""))).isEqualTo(before);
    }

    @Test
    void aPushIsSeenInTheRepositorysFacts() throws IOException {
        Path main = state.resolve("repositories/acme/runner.git/refs/heads/main");
        Files.setLastModifiedTime(
                main, java.nio.file.attribute.FileTime.from(java.time.Instant.parse("2099-01-02T03:04:05Z")));

        assertThat(hub.json(Hub.repository("")).path("pushed_at").asText()).isEqualTo("2099-01-02T03:04:05Z");
    }

    @Test
    void aDeletedRepositoryLeavesNothingToOneOfTheSameName() throws IOException {
        hub.script("echo hello");
        hub.awaitEnd(hub.dispatch());
        hub.github.setSecret("acme", "runner", "KEY", "v");
        hub.expect(200, "PATCH", "", "{\"description\":\"old\"}");
        hub.expect(201, "POST", "/issues", "{\"title\":\"old\"}");

        hub.expect(204, "DELETE", "", "");
        assertThat(hub.get(Hub.repository("")).statusCode()).isEqualTo(404);
        hub.github.createRepository("acme", "runner");

        assertThat(hub.json(Hub.repository("")).path("description").isNull()).isTrue();
        assertThat(hub.json(Hub.repository("/branches"))).isEmpty();
        assertThat(hub.json(Hub.repository("/issues?state=all"))).isEmpty();
        assertThat(hub.json(Hub.repository("/actions/runs")).path("total_count").asInt())
                .isZero();
        assertThat(hub.github.secretNames("acme", "runner")).isEmpty();
        assertThat(hub.expect(201, "POST", "/issues", "{\"title\":\"new\"}")
                        .path("number")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aRepositoryIsNotDeletedUnderARun() throws IOException {
        hub.script("sleep 60");
        long run = hub.dispatch();
        hub.awaitStatus(run, "in_progress");

        assertThat(hub.refusal(409, "DELETE", "", "")).startsWith("runs of this repository go on");
        hub.post(Hub.repository("/actions/runs/" + run + "/cancel"), "");
        hub.awaitEnd(run);
        hub.expect(204, "DELETE", "", "");
    }

    @Test
    void onlyTheUserIsACollaborator() {
        JsonNode user = hub.expect(200, "GET", "/collaborators/local/permission", "");
        JsonNode stranger = hub.expect(200, "GET", "/collaborators/mallory/permission", "");

        assertThat(user.path("permission").asText()).isEqualTo("admin");
        assertThat(user.at("/user/permissions/push").asBoolean()).isTrue();
        assertThat(stranger.path("permission").asText()).isEqualTo("none");
        assertThat(stranger.at("/user/permissions/pull").asBoolean()).isFalse();
        hub.expect(204, "GET", "/collaborators/local", "");
        hub.expect(404, "GET", "/collaborators/mallory", "");
        hub.expect(204, "GET", "/assignees/LOCAL", "");
        assertThat(hub.expect(200, "GET", "/collaborators", "").findValuesAsText("login"))
                .containsExactly("local");
        assertThat(hub.expect(200, "GET", "/assignees", "").findValuesAsText("login"))
                .containsExactly("local");
    }

    @Test
    void rightsOfWorkflowsAreKept() {
        Map<String, Object> before =
                Map.of("default_workflow_permissions", "write", "can_approve_pull_request_reviews", false);
        assertThat(hub.expect(200, "GET", "/actions/permissions/workflow", ""))
                .isEqualTo(io.github.batchferry.localgithub.json.Json.MAPPER.valueToTree(before));

        hub.expect(204, "PUT", "/actions/permissions/workflow", "{\"can_approve_pull_request_reviews\":true}");

        JsonNode after = hub.expect(200, "GET", "/actions/permissions/workflow", "");
        assertThat(after.path("can_approve_pull_request_reviews").asBoolean()).isTrue();
        assertThat(after.path("default_workflow_permissions").asText()).isEqualTo("write");
        hub.expect(422, "PUT", "/actions/permissions/workflow", "{\"default_workflow_permissions\":\"all\"}");
    }
}
