package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BranchTest {
    private static final String RULES = "{\"required_status_checks\":null,\"enforce_admins\":null,"
            + "\"required_pull_request_reviews\":null,\"restrictions\":null}";

    @TempDir
    Path state;

    @TempDir
    Path work;

    private Hub hub;
    private String first;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state).file("README.md", "one\n");
        first = sha("main");
        hub.file("README.md", "two\n");
        hub.expect(201, "POST", "/git/refs", "{\"ref\":\"refs/heads/release/1\",\"sha\":\"" + sha("main") + "\"}");
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private String sha(String branch) {
        return hub.expect(200, "GET", "/branches/" + branch, "")
                .at("/commit/sha")
                .asText();
    }

    private void protect(String branch) {
        hub.expect(200, "PUT", "/branches/" + branch + "/protection", RULES);
    }

    @Test
    void branchesAreListedAndShownWithTheirCommit() {
        HttpResponse<String> page = hub.get(Hub.repository("/branches?per_page=1"));
        JsonNode branch = hub.expect(200, "GET", "/branches/release%2F1", "");

        assertThat(Hub.json(page).findValuesAsText("name")).containsExactly("main");
        assertThat(page.headers().firstValue("Link").orElseThrow()).contains("rel=\"last\"");
        assertThat(branch.path("name").asText()).isEqualTo("release/1");
        assertThat(branch.at("/commit/commit/message").asText()).isEqualTo("Add README.md");
        assertThat(branch.at("/commit/parents/0/sha").asText()).isEqualTo(first);
        assertThat(hub.json(branch.at("/_links/self").asText())).isEqualTo(branch);
        assertThat(hub.refusal(404, "GET", "/branches/none", "")).isEqualTo("Branch not found");
    }

    @Test
    void aProtectedBranchShowsIt() throws IOException {
        assertThat(hub.refusal(404, "GET", "/branches/release/1/protection", ""))
                .isEqualTo("Branch not protected");

        protect("release%2F1");
        hub.close();
        hub = new Hub(state);

        assertThat(hub.expect(200, "GET", "/branches/release/1", "")
                        .path("protected")
                        .asBoolean())
                .isTrue();
        assertThat(hub.expect(200, "GET", "/branches?protected=true", "").findValuesAsText("name"))
                .containsExactly("release/1");
        assertThat(hub.expect(200, "GET", "/branches/release/1/protection", "")
                        .at("/allow_force_pushes/enabled")
                        .asBoolean())
                .isFalse();
        hub.expect(204, "DELETE", "/branches/release/1/protection", "");
        assertThat(hub.expect(200, "GET", "/branches?protected=true", "")).isEmpty();
        assertThat(hub.refusal(404, "DELETE", "/branches/release/1/protection", ""))
                .isEqualTo("Branch not protected");
        assertThat(hub.refusal(404, "PUT", "/branches/none/protection", RULES)).isEqualTo("Branch not found");
    }

    @Test
    void rulesThatAreNotEnforcedAreRefusedByName() {
        assertThat(hub.expect(
                                422,
                                "PUT",
                                "/branches/main/protection",
                                RULES.replace("\"restrictions\":null", "\"restrictions\":{\"users\":[],\"teams\":[]}"))
                        .at("/errors/0/message")
                        .asText())
                .isEqualTo("the embedded GitHub does not enforce `restrictions`; send null for it");
        assertThat(hub.expect(
                                422,
                                "PUT",
                                "/branches/main/protection",
                                RULES.replace("}", ",\"allow_force_pushes\":true}"))
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("allow_force_pushes");
        assertThat(hub.refusal(404, "GET", "/branches/main/protection", "")).isEqualTo("Branch not protected");
    }

    @Test
    void aProtectedBranchGoesForwardOnlyAndStaysByTheApi() {
        protect("release/1");

        assertThat(hub.refusal(422, "PATCH", "/git/refs/heads/release/1", "{\"sha\":\"" + first + "\",\"force\":true}"))
                .isEqualTo("Cannot force-push to this protected branch");
        assertThat(hub.refusal(422, "DELETE", "/git/refs/heads/release/1", ""))
                .isEqualTo("Cannot delete this protected branch");
        hub.expect(201, "PUT", "/contents/new", "{\"message\":\"m\",\"content\":\"\",\"branch\":\"release/1\"}");
        assertThat(sha("release/1")).isNotEqualTo(first);
    }

    @Test
    void aProtectedBranchGoesForwardOnlyAndStaysByGit() throws IOException {
        protect("release/1");
        String url = hub.github.url().toString().replace("http://", "http://x:" + hub.github.token() + "@")
                + "/acme/runner.git";
        CommandLine.run(work, "git", "clone", "-q", url, "clone");

        CommandLine force = push("+" + first + ":refs/heads/release/1");
        CommandLine delete = push(":refs/heads/release/1");

        assertThat(force.exit()).isNotZero();
        assertThat(force.output()).contains("Cannot force-push to this protected branch");
        assertThat(delete.exit()).isNotZero();
        assertThat(delete.output()).contains("Cannot delete this protected branch");
        assertThat(sha("release/1")).isEqualTo(sha("main"));
        assertThat(push("+" + first + ":refs/heads/free").exit()).isZero();
        CommandLine.run(work.resolve("clone"), "git", "commit", "-q", "--allow-empty", "-m", "on");
        assertThat(push("HEAD:refs/heads/release/1").exit()).isZero();
    }

    private CommandLine push(String spec) throws IOException {
        return CommandLine.run(work.resolve("clone"), "git", "push", "-q", "origin", spec);
    }
}
