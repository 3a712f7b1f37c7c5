package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job's token may do with repositories, pull requests and issues. */
class JobRightsTest {
    private static final String PULL = "{\"title\":\"x\",\"head\":\"topic\",\"base\":\"main\"}";

    @TempDir
    Path state;

    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state).file("a.txt", "1\n");
        String main = hub.expect(200, "GET", "/git/ref/heads/main", "")
                .at("/object/sha")
                .asText();
        hub.expect(201, "POST", "/git/refs", "{\"ref\":\"refs/heads/topic\",\"sha\":\"" + main + "\"}");
        hub.expect(201, "PUT", "/contents/b", "{\"message\":\"m\",\"content\":\"\",\"branch\":\"topic\"}");
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    /** The token of a job that waits, with some permissions, or without a word about them. */
    private String token(String permissions) throws IOException {
        hub.workflow("""
                on: workflow_dispatch
                %s
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                      - run: |
                          printf %%s "$TOKEN" > token.new
                          mv token.new "$TOKEN_FILE"
                          sleep 60
                        env:
                          TOKEN: ${{ github.token }}
                          TOKEN_FILE: %s
                """.formatted(
                        permissions.isEmpty() ? "" : "permissions: {" + permissions + "}", state.resolve("job-token")));
        hub.dispatch();
        Path file = state.resolve("job-token");
        await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(file));
        return Files.readString(file);
    }

    private void assertAnswer(String token, int status, String method, String path, String body) {
        HttpResponse<String> response = hub.call(token, method, Hub.repository(path), body);
        assertThat(response.statusCode())
                .as(method + " " + path + ": " + response.body())
                .isEqualTo(status);
    }

    @Test
    void aJobDoesWhatItsPermissionsReach() throws IOException {
        hub.expect(201, "POST", "/issues", "{\"title\":\"An issue\"}");
        hub.expect(201, "POST", "/pulls", PULL);
        String token = token("contents: read, pull-requests: write");

        assertAnswer(token, 200, "GET", "", "");
        assertAnswer(token, 200, "GET", "/contents/a.txt", "");
        assertAnswer(token, 403, "PUT", "/contents/c", "{\"message\":\"m\",\"content\":\"\"}");
        assertAnswer(token, 403, "POST", "/git/blobs", "{\"content\":\"\"}");
        assertAnswer(token, 403, "DELETE", "/git/refs/heads/topic", "");
        assertAnswer(token, 403, "PUT", "/pulls/2/merge", "");
        assertAnswer(token, 403, "POST", "/issues", "{\"title\":\"x\"}");
        assertAnswer(token, 403, "GET", "/issues/1", "");
        assertAnswer(token, 403, "POST", "/issues/1/comments", "{\"body\":\"x\"}");
        assertAnswer(token, 201, "POST", "/issues/2/comments", "{\"body\":\"x\"}");
        assertAnswer(token, 200, "POST", "/issues/2/labels", "{\"labels\":[\"bug\"]}");
        assertAnswer(token, 200, "PATCH", "/pulls/2", "{\"title\":\"y\"}");
        assertAnswer(token, 403, "PATCH", "", "{\"description\":\"x\"}");
        assertAnswer(token, 403, "DELETE", "", "");
        assertAnswer(token, 403, "GET", "/actions/permissions/workflow", "");
        assertThat(hub.call(token, "POST", "/user/repos", "{\"name\":\"x\"}").statusCode())
                .isEqualTo(403);
        assertThat(hub.expect(200, "GET", "/issues/2/comments", "")
                        .at("/0/user/login")
                        .asText())
                .isEqualTo("github-actions[bot]");
    }

    @Test
    void aJobOpensAPullRequestOnlyWhereTheRepositoryAllowsIt() throws IOException {
        String token = token("contents: write, pull-requests: write");

        HttpResponse<String> refused = hub.call(token, "POST", Hub.repository("/pulls"), PULL);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(Hub.json(refused).path("message").asText())
                .isEqualTo("GitHub Actions is not permitted to create or approve pull requests.");

        hub.expect(204, "PUT", "/actions/permissions/workflow", "{\"can_approve_pull_request_reviews\":true}");
        assertAnswer(token, 201, "POST", "/pulls", PULL);
        assertThat(hub.expect(200, "GET", "/pulls/1", "").at("/user/login").asText())
                .isEqualTo("github-actions[bot]");
        hub.expect(201, "POST", "/pulls/1/requested_reviewers", "{\"reviewers\":[\"local\"]}");
        assertThat(hub.expect(200, "GET", "/pulls/1/requested_reviewers", "")
                        .at("/users/0/login")
                        .asText())
                .isEqualTo("local");
        hub.expect(200, "POST", "/pulls/1/reviews", "{\"event\":\"APPROVE\"}");
        assertThat(hub.expect(200, "GET", "/pulls/1/requested_reviewers", "").path("users"))
                .isEmpty();
        hub.expect(200, "DELETE", "/pulls/1/requested_reviewers", "{\"reviewers\":[\"local\"]}");
    }

    @Test
    void aJobThatNamesNoPermissionsMayWhatItsRepositorySays() throws IOException {
        hub.expect(204, "PUT", "/actions/permissions/workflow", "{\"default_workflow_permissions\":\"read\"}");
        String token = token("");

        assertAnswer(token, 200, "GET", "/contents/a.txt", "");
        assertAnswer(token, 403, "PUT", "/contents/c", "{\"message\":\"m\",\"content\":\"\"}");
        assertAnswer(token, 403, "GET", "/pulls", "");
    }

    @Test
    void aJobWritesFilesButNoWorkflows() throws IOException {
        String token = token("contents: write");

        assertAnswer(token, 201, "PUT", "/contents/c", "{\"message\":\"m\",\"content\":\"\"}");
        assertAnswer(token, 403, "PUT", "/contents/.github/workflows/x.yml", "{\"message\":\"m\",\"content\":\"\"}");
        assertThat(hub.expect(200, "GET", "/commits/main", "")
                        .at("/author/login")
                        .asText())
                .isEqualTo("github-actions[bot]");
    }

    @Test
    void aJobPushesAnythingButWorkflows() throws IOException {
        String token = token("contents: write");
        Path clone = state.resolve("clone");
        String url = hub.github.url().toString().replace("://", "://x:" + token + "@") + "/acme/runner.git";
        git(state, "clone", "-q", "-b", "topic", url, clone.toString());

        Files.writeString(clone.resolve("new"), "1");
        git(clone, "checkout", "-qb", "mine");
        commit(clone);
        git(clone, "push", "-q", "origin", "mine");
        // workflows that are there already may come along
        git(clone, "merge", "-q", "--no-ff", "-m", "Merge", "origin/main");
        git(clone, "push", "-q", "origin", "mine", "origin/main:refs/heads/copy");
        Path workflow = clone.resolve(".github/workflows/more.yml");
        Files.writeString(workflow, "on: push");
        commit(clone);
        Files.delete(workflow);
        commit(clone);
        CommandLine refused = CommandLine.run(clone, "git", "push", "origin", "mine", "mine:refs/heads/other");

        assertThat(refused.exit()).isNotZero();
        assertThat(refused.output())
                .contains("refusing to allow a GitHub App to create or update workflow"
                        + " `.github/workflows/more.yml` without `workflows` permission");
        hub.expect(404, "GET", "/branches/other", "");
        git(clone, "push", "-q", url.replace(token, hub.github.token()), "mine");
    }

    private static void commit(Path clone) throws IOException {
        git(clone, "add", "-A");
        git(clone, "commit", "-qm", "Change");
    }

    private static void git(Path folder, String... arguments) throws IOException {
        CommandLine done = CommandLine.run(
                folder, Stream.concat(Stream.of("git"), Stream.of(arguments)).toArray(String[]::new));
        assertThat(done.exit()).as(done.output()).isZero();
    }
}
