package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullTest {
    @TempDir
    Path state;

    @TempDir
    Path work;

    private Hub hub;
    private String root;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state).file("a.txt", "1\n2\n3\n");
        root = tip("main");
        branch("topic/x", root);
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private String tip(String branch) {
        return hub.expect(200, "GET", "/git/ref/heads/" + branch, "")
                .at("/object/sha")
                .asText();
    }

    private void branch(String name, String sha) {
        hub.expect(201, "POST", "/git/refs", "{\"ref\":\"refs/heads/" + name + "\",\"sha\":\"" + sha + "\"}");
    }

    private String put(String branch, String path, String content) {
        HttpResponse<String> before = hub.get(Hub.repository("/contents/" + path + "?ref=" + branch));
        String sha = before.statusCode() == 200
                ? ",\"sha\":\"" + Hub.json(before).path("sha").asText() + "\""
                : "";
        String base64 = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
        return hub.expect(
                        before.statusCode() == 200 ? 200 : 201,
                        "PUT",
                        "/contents/" + path,
                        "{\"message\":\"Put " + path + "\\n\\nMore\",\"content\":\"" + base64 + "\",\"branch\":\""
                                + branch + "\"" + sha + "}")
                .at("/commit/sha")
                .asText();
    }

    private JsonNode open(String more) {
        return hub.expect(
                201, "POST", "/pulls", "{\"title\":\"Try x\",\"head\":\"topic/x\",\"base\":\"main\"" + more + "}");
    }

    private JsonNode pull(int number) {
        return hub.expect(200, "GET", "/pulls/" + number, "");
    }

    private String refusedCreation(String body) {
        return hub.expect(422, "POST", "/pulls", body).path("errors").toString();
    }

    @Test
    void aPullRequestIsOpenedWithWhatItChanges() {
        hub.expect(201, "POST", "/issues", "{\"title\":\"Before\"}");
        put("topic/x", "b.txt", "b\n");
        String head = put("topic/x", "a.txt", "1\ntwo\n3\n");

        JsonNode made = open(",\"body\":\"Please\",\"draft\":true,\"maintainer_can_modify\":true");

        assertThat(made.path("number").asInt()).isEqualTo(2);
        assertThat(made.path("state").asText()).isEqualTo("open");
        assertThat(made.path("draft").asBoolean()).isTrue();
        assertThat(made.at("/head/label").asText()).isEqualTo("acme:topic/x");
        assertThat(made.at("/head/sha").asText()).isEqualTo(head);
        assertThat(made.at("/base/sha").asText()).isEqualTo(root);
        assertThat(made.at("/base/repo/full_name").asText()).isEqualTo("acme/runner");
        assertThat(made.path("commits").asInt()).isEqualTo(2);
        assertThat(made.path("changed_files").asInt()).isEqualTo(2);
        assertThat(made.path("additions").asInt()).isEqualTo(2);
        assertThat(made.path("deletions").asInt()).isEqualTo(1);
        assertThat(made.path("mergeable").asBoolean()).isTrue();
        assertThat(made.path("mergeable_state").asText()).isEqualTo("draft");
        assertThat(pull(2)).isEqualTo(made);
        assertThat(hub.expect(200, "GET", "/pulls/2/files", "").findValuesAsText("filename"))
                .containsExactly("a.txt", "b.txt");
        assertThat(hub.expect(200, "GET", "/pulls/2/commits", "").at("/1/sha").asText())
                .isEqualTo(head);
        assertThat(hub.expect(200, "GET", "/issues/2", "").at("/pull_request/url"))
                .isEqualTo(made.path("url"));
        assertThat(hub.refusal(404, "GET", "/pulls/1", "")).isEqualTo("Not Found");
    }

    @Test
    void whatCannotBeAskedForIsRefusedInGitHubsWords() {
        String body = "{\"title\":\"x\",\"head\":\"topic/x\",\"base\":\"main\"}";
        assertThat(refusedCreation(body)).contains("No commits between main and topic/x");
        put("topic/x", "b.txt", "b\n");

        assertThat(refusedCreation(body.replace("topic/x", "none")))
                .contains("\"field\":\"head\"", "\"code\":\"invalid\"");
        assertThat(refusedCreation(body.replace("topic/x", "other:topic/x"))).contains("\"field\":\"head\"");
        assertThat(refusedCreation(body.replace("main", "none"))).contains("\"field\":\"base\"");
        assertThat(refusedCreation("{\"head\":\"topic/x\",\"base\":\"main\"}"))
                .contains("\"field\":\"title\"", "missing_field");
        open("");
        assertThat(refusedCreation(body.replace("topic/x", "acme:topic/x")))
                .contains("A pull request already exists for acme:topic/x.");
        String tree = hub.expect(200, "GET", "/git/trees/main", "").path("sha").asText();
        branch(
                "orphan",
                hub.expect(201, "POST", "/git/commits", "{\"message\":\"m\",\"tree\":\"" + tree + "\",\"parents\":[]}")
                        .path("sha")
                        .asText());
        assertThat(refusedCreation(body.replace("topic/x", "orphan")))
                .contains("The orphan branch has no history in common with main");
    }

    @Test
    void pullRequestsAreFilteredAndSorted() {
        put("topic/x", "b.txt", "b\n");
        branch("topic/y", tip("topic/x"));
        open("");
        hub.expect(201, "POST", "/pulls", "{\"title\":\"Y\",\"head\":\"topic/y\",\"base\":\"main\"}");
        hub.expect(201, "POST", "/issues", "{\"title\":\"No pull request\"}");
        hub.expect(200, "PATCH", "/pulls/2", "{\"state\":\"closed\"}");

        assertThat(titles("")).containsExactly("Try x");
        assertThat(titles("?state=all")).containsExactly("Y", "Try x");
        assertThat(titles("?state=all&sort=updated")).containsExactly("Try x", "Y");
        assertThat(titles("?state=all&direction=asc")).containsExactly("Try x", "Y");
        assertThat(titles("?state=all&head=acme:topic/y")).containsExactly("Y");
        assertThat(titles("?state=all&head=other:topic/y")).isEmpty();
        assertThat(titles("?base=none")).isEmpty();
        assertThat(titles("?state=all&per_page=1&page=2")).containsExactly("Try x");
    }

    private Iterable<String> titles(String query) {
        return hub.expect(200, "GET", "/pulls" + query, "").findValuesAsText("title");
    }

    @Test
    void aPushToTheHeadIsSeenAtOnce() {
        put("topic/x", "b.txt", "b\n");
        open("");

        String head = put("topic/x", "c.txt", "c\n");

        assertThat(pull(1).at("/head/sha").asText()).isEqualTo(head);
        assertThat(pull(1).path("commits").asInt()).isEqualTo(2);
        put("main", "d.txt", "d\n");
        assertThat(pull(1).path("changed_files").asInt()).isEqualTo(2);
        assertThat(pull(1).path("mergeable_state").asText()).isEqualTo("clean");
    }

    @Test
    void changesThatContradictTheBasesCannotBeMerged() {
        put("topic/x", "a.txt", "1\nx\n3\n");
        open("");
        String main = put("main", "a.txt", "1\nmain\n3\n");

        assertThat(pull(1).path("mergeable").asBoolean()).isFalse();
        assertThat(pull(1).path("mergeable_state").asText()).isEqualTo("dirty");
        for (String method : new String[] {"merge", "squash", "rebase"}) {
            assertThat(hub.refusal(405, "PUT", "/pulls/1/merge", "{\"merge_method\":\"" + method + "\"}"))
                    .isEqualTo("Pull Request is not mergeable");
        }
        assertThat(hub.refusal(422, "PUT", "/pulls/1/update-branch", ""))
                .isEqualTo("merge conflict between base and head");
        assertThat(tip("main")).isEqualTo(main);
    }

    @Test
    void aMergeCommitHasBothForParents() {
        String head = put("topic/x", "b.txt", "b\n");
        String base = put("main", "c.txt", "c\n");
        open("");
        assertThat(hub.refusal(404, "GET", "/pulls/1/merge", "")).isEqualTo("Not Found");

        String sha = hub.expect(200, "PUT", "/pulls/1/merge", "").path("sha").asText();

        assertThat(tip("main")).isEqualTo(sha);
        JsonNode commit = hub.expect(200, "GET", "/commits/" + sha, "");
        assertThat(commit.path("parents").findValuesAsText("sha")).containsExactly(base, head);
        assertThat(commit.at("/commit/message").asText()).isEqualTo("Merge pull request #1 from acme/topic/x\n\nTry x");
        assertThat(commit.at("/commit/committer/name").asText()).isEqualTo("GitHub");
        assertThat(commit.at("/author/login").asText()).isEqualTo("local");
        JsonNode merged = pull(1);
        assertThat(merged.path("state").asText()).isEqualTo("closed");
        assertThat(merged.path("merged").asBoolean()).isTrue();
        assertThat(merged.path("merge_commit_sha").asText()).isEqualTo(sha);
        assertThat(merged.path("commits").asInt()).isEqualTo(1);
        assertThat(merged.path("mergeable").isNull()).isTrue();
        hub.expect(204, "GET", "/pulls/1/merge", "");
        hub.expect(204, "DELETE", "/git/refs/heads/topic/x", "");
        assertThat(pull(1).at("/head/sha").asText()).isEqualTo(head);
        assertThat(hub.refusal(405, "PUT", "/pulls/1/merge", "{}")).isEqualTo("Pull Request is not mergeable");
        assertThat(hub.expect(200, "GET", "/commits/" + sha + "/pulls", "").findValuesAsText("number"))
                .containsExactly("1");
        assertThat(hub.expect(200, "GET", "/commits/" + head + "/pulls", "").findValuesAsText("number"))
                .containsExactly("1");
        assertThat(hub.expect(200, "GET", "/commits/" + root + "/pulls", "")).isEmpty();
    }

    @Test
    void aSquashMakesOneCommitAndTheHeadGoesIfTheRepositoryWantsThat() {
        hub.expect(200, "PATCH", "", "{\"delete_branch_on_merge\":true}");
        put("topic/x", "b.txt", "b\n");
        put("topic/x", "c.txt", "c\n");
        open("");

        String sha = hub.expect(200, "PUT", "/pulls/1/merge", "{\"merge_method\":\"squash\"}")
                .path("sha")
                .asText();

        JsonNode commit = hub.expect(200, "GET", "/commits/" + sha, "");
        assertThat(commit.path("parents").findValuesAsText("sha")).containsExactly(root);
        assertThat(commit.at("/commit/message").asText())
                .isEqualTo("Try x (#1)\n\n* Put b.txt\n\nMore\n\n* Put c.txt\n\nMore");
        assertThat(commit.path("files").findValuesAsText("filename")).containsExactly("b.txt", "c.txt");
        assertThat(hub.refusal(404, "GET", "/git/ref/heads/topic/x", "")).isEqualTo("Not Found");
        assertThat(pull(1).path("merged").asBoolean()).isTrue();
    }

    @Test
    void aSingleCommitIsSquashedUnderItsOwnTitle() {
        put("topic/x", "b.txt", "b\n");
        open("");
        String sha = hub.expect(200, "PUT", "/pulls/1/merge", "{\"merge_method\":\"squash\"}")
                .path("sha")
                .asText();

        assertThat(hub.expect(200, "GET", "/git/commits/" + sha, "")
                        .path("message")
                        .asText())
                .isEqualTo("Put b.txt (#1)\n\nMore");
    }

    @Test
    void aRebaseMakesTheCommitsAgain() {
        put("topic/x", "b.txt", "b\n");
        put("topic/x", "c.txt", "c\n");
        String base = put("main", "d.txt", "d\n");
        open("");

        String sha = hub.expect(200, "PUT", "/pulls/1/merge", "{\"merge_method\":\"rebase\"}")
                .path("sha")
                .asText();

        JsonNode commits =
                hub.expect(200, "GET", "/compare/" + base + "..." + sha, "").path("commits");
        assertThat(commits).hasSize(2);
        assertThat(commits.at("/0/commit/message").asText()).isEqualTo("Put b.txt\n\nMore");
        assertThat(commits.at("/0/parents/0/sha").asText()).isEqualTo(base);
        assertThat(tip("main")).isEqualTo(sha);
    }

    @Test
    void aMergeThatTheCallerWouldNotWantIsRefused() {
        put("topic/x", "b.txt", "b\n");
        open("");
        hub.expect(200, "PATCH", "", "{\"allow_rebase_merge\":false,\"allow_squash_merge\":false}");

        assertThat(hub.refusal(409, "PUT", "/pulls/1/merge", "{\"sha\":\"" + root + "\"}"))
                .isEqualTo("Head branch was modified. Review and try the merge again.");
        assertThat(hub.refusal(405, "PUT", "/pulls/1/merge", "{\"merge_method\":\"squash\"}"))
                .isEqualTo("Squash merges are not allowed on this repository.");
        assertThat(hub.refusal(405, "PUT", "/pulls/1/merge", "{\"merge_method\":\"rebase\"}"))
                .isEqualTo("Rebase merges are not allowed on this repository.");
        hub.expect(422, "PUT", "/pulls/1/merge", "{\"merge_method\":\"octopus\"}");
        assertThat(pull(1).path("state").asText()).isEqualTo("open");
    }

    @Test
    void aDraftIsNotMerged() {
        put("topic/x", "b.txt", "b\n");
        open(",\"draft\":true");

        assertThat(hub.refusal(405, "PUT", "/pulls/1/merge", "")).isEqualTo("Pull Request is still a draft");
    }

    @Test
    void aPullRequestIsReworkedClosedAndOpenedAgain() {
        put("topic/x", "b.txt", "b\n");
        branch("release", root);
        open("");

        JsonNode changed = hub.expect(
                200,
                "PATCH",
                "/pulls/1",
                "{\"title\":\"New\",\"body\":\"Why\",\"base\":\"release\",\"state\":\"closed\"}");
        assertThat(changed.path("title").asText()).isEqualTo("New");
        assertThat(changed.path("body").asText()).isEqualTo("Why");
        assertThat(changed.at("/base/ref").asText()).isEqualTo("release");
        assertThat(changed.path("state").asText()).isEqualTo("closed");
        assertThat(hub.expect(422, "PATCH", "/pulls/1", "{\"base\":\"main\"}")
                        .at("/errors/0/message")
                        .asText())
                .isEqualTo("Cannot change the base branch of a closed pull request.");

        assertThat(hub.expect(200, "PATCH", "/issues/1", "{\"state\":\"open\"}")
                        .path("state")
                        .asText())
                .isEqualTo("open");
        assertThat(hub.expect(422, "PATCH", "/pulls/1", "{\"base\":\"none\"}")
                        .at("/errors/0/message")
                        .asText())
                .isEqualTo("Proposed base branch 'none' was not found");
        assertThat(hub.expect(422, "PATCH", "/pulls/1", "{\"base\":\"topic/x\"}")
                        .at("/errors/0/message")
                        .asText())
                .startsWith("There are no new commits between base branch 'topic/x'");
    }

    @Test
    void aPullRequestWithoutItsBranchIsClosedAndStaysSo() {
        String head = put("topic/x", "b.txt", "b\n");
        open("");
        String pushed = put("topic/x", "c.txt", "c\n");
        assertThat(pushed).isNotEqualTo(head);

        hub.expect(204, "DELETE", "/git/refs/heads/topic/x", "");

        assertThat(pull(1).path("state").asText()).isEqualTo("closed");
        assertThat(pull(1).at("/head/sha").asText()).isEqualTo(pushed);
        assertThat(hub.expect(422, "PATCH", "/pulls/1", "{\"state\":\"open\"}")
                        .at("/errors/0/message")
                        .asText())
                .isEqualTo("state cannot be changed. The topic/x branch has been deleted.");
    }

    @Test
    void whatGitPushedLastIsKnownAfterGitDeletedIt() throws IOException {
        put("topic/x", "b.txt", "b\n");
        open("");
        String url = hub.github.url().toString().replace("http://", "http://x:" + hub.github.token() + "@");
        CommandLine pushed = CommandLine.run(
                work,
                "bash",
                "-ec",
                "git clone -q -b topic/x " + url
                        + "/acme/runner.git clone; cd clone; git commit -q --allow-empty -m on;"
                        + " git push -q origin topic/x; git rev-parse HEAD > ../pushed; git push -q origin :topic/x");
        assertThat(pushed.exit()).as(pushed.output()).isZero();

        assertThat(pull(1).path("state").asText()).isEqualTo("closed");
        assertThat(pull(1).at("/head/sha").asText())
                .isEqualTo(Files.readString(work.resolve("pushed")).strip());
    }

    @Test
    void changesThatComeToTheBaseByThemselvesMergeThePullRequest() {
        String head = put("topic/x", "b.txt", "b\n");
        open("");

        hub.expect(200, "PATCH", "/git/refs/heads/main", "{\"sha\":\"" + head + "\"}");

        assertThat(pull(1).path("merged").asBoolean()).isTrue();
        assertThat(pull(1).path("merge_commit_sha").asText()).isEqualTo(head);
        assertThat(hub.expect(422, "PATCH", "/pulls/1", "{\"state\":\"open\"}")
                        .at("/errors/0/message")
                        .asText())
                .isEqualTo("state cannot be changed. The pull request cannot be reopened.");
    }

    @Test
    void aHeadThatIsTakenBackToItsBaseClosesThePullRequestWithoutMerging() {
        put("topic/x", "b.txt", "b\n");
        open("");

        hub.expect(200, "PATCH", "/git/refs/heads/topic/x", "{\"sha\":\"" + root + "\",\"force\":true}");

        assertThat(pull(1).path("state").asText()).isEqualTo("closed");
        assertThat(pull(1).path("merged").asBoolean()).isFalse();
    }

    @Test
    void theBaseIsBroughtToTheHead() {
        String head = put("topic/x", "b.txt", "b\n");
        open("");
        assertThat(hub.refusal(422, "PUT", "/pulls/1/update-branch", ""))
                .isEqualTo("There are no new commits on the base branch.");
        String base = put("main", "c.txt", "c\n");
        assertThat(hub.refusal(422, "PUT", "/pulls/1/update-branch", "{\"expected_head_sha\":\"" + base + "\"}"))
                .startsWith("expected head sha");

        hub.expect(202, "PUT", "/pulls/1/update-branch", "{\"expected_head_sha\":\"" + head + "\"}");

        assertThat(hub.expect(200, "GET", "/git/commits/" + tip("topic/x"), "")
                        .path("parents")
                        .findValuesAsText("sha"))
                .containsExactly(head, base);
    }

    @Test
    void aPullRequestComesAsADiff() {
        put("topic/x", "b.txt", "b\n");
        open("");
        HttpResponse<String> diff = hub.send(hub.request(Hub.repository("/pulls/1"))
                .header("Authorization", "Bearer " + hub.github.token())
                .header("Accept", "application/vnd.github.v3.diff"));

        assertThat(diff.body()).startsWith("diff --git a/b.txt b/b.txt").endsWith("+b\n");
    }

    @Test
    void reviewsAreKept() {
        put("topic/x", "b.txt", "b\n");
        open("");

        JsonNode review = hub.expect(200, "POST", "/pulls/1/reviews", "{\"event\":\"COMMENT\",\"body\":\"Hm\"}");
        JsonNode pending = hub.expect(200, "POST", "/pulls/1/reviews", "{\"body\":\"later\"}");

        assertThat(review.path("state").asText()).isEqualTo("COMMENTED");
        assertThat(pending.path("state").asText()).isEqualTo("PENDING");
        assertThat(hub.expect(200, "GET", "/pulls/1/reviews", "").findValuesAsText("body"))
                .containsExactly("Hm", "later");
        assertThat(hub.expect(
                        200, "GET", "/pulls/1/reviews/" + review.path("id").asText(), ""))
                .isEqualTo(review);
        assertThat(hub.refusal(422, "POST", "/pulls/1/reviews", "{\"event\":\"APPROVE\"}"))
                .isEqualTo("Can not approve your own pull request");
        assertThat(hub.refusal(422, "POST", "/pulls/1/reviews", "{\"event\":\"COMMENT\"}"))
                .isEqualTo("Could not submit a review of this kind without a body");
        assertThat(hub.expect(
                                422,
                                "POST",
                                "/pulls/1/reviews",
                                "{\"body\":\"x\",\"comments\":[{\"path\":\"a\",\"body\":\"b\",\"position\":1}]}")
                        .at("/errors/0/message")
                        .asText())
                .contains("keeps no comments on lines");
    }

    @Test
    void theAuthorAndStrangersAreNotAskedForReviews() {
        put("topic/x", "b.txt", "b\n");
        open("");

        assertThat(hub.refusal(422, "POST", "/pulls/1/requested_reviewers", "{\"reviewers\":[\"local\"]}"))
                .isEqualTo("Review cannot be requested from pull request author.");
        assertThat(hub.refusal(422, "POST", "/pulls/1/requested_reviewers", "{\"reviewers\":[\"mallory\"]}"))
                .startsWith("Reviews may only be requested from collaborators.");
        assertThat(hub.expect(200, "GET", "/pulls/1/requested_reviewers", "").path("users"))
                .isEmpty();
    }

    @Test
    void labelsAndCommentsOfAPullRequestAreThoseOfItsIssue() {
        put("topic/x", "b.txt", "b\n");
        open("");

        hub.expect(200, "POST", "/issues/1/labels", "{\"labels\":[\"evals\"]}");
        hub.expect(201, "POST", "/issues/1/comments", "{\"body\":\"Done\"}");

        assertThat(pull(1).path("labels").findValuesAsText("name")).containsExactly("evals");
        assertThat(pull(1).path("comments").asInt()).isEqualTo(1);
        assertThat(hub.expect(200, "GET", "/pulls", "").at("/0/labels/0/name").asText())
                .isEqualTo("evals");
    }

    @Test
    void pullRequestsSurviveARestart() throws IOException {
        put("topic/x", "b.txt", "b\n");
        open(",\"body\":\"Please\"");
        hub.expect(200, "POST", "/pulls/1/reviews", "{\"event\":\"COMMENT\",\"body\":\"Hm\"}");
        String before = hub.get(Hub.repository("/pulls/1")).body();
        String url = hub.github.url().toString();

        hub.close();
        hub = new Hub(state);

        assertThat(hub.get(Hub.repository("/pulls/1")).body())
                .isEqualTo(before.replace(url, hub.github.url().toString()));
        assertThat(hub.expect(200, "GET", "/pulls/1/reviews", "")).hasSize(1);
    }
}
