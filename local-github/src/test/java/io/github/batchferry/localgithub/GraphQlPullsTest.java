package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphQlPullsTest {
    private static final String CREATE = "mutation($input: CreatePullRequestInput!) { createPullRequest(input: $input)"
            + " { clientMutationId pullRequest { id number url state isDraft body } } }";

    @TempDir
    Path state;

    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state).file("README.md", "hello\n");
        String main = hub.json(Hub.repository("/git/ref/heads/main"))
                .path("object")
                .path("sha")
                .asText();
        hub.expect(201, "POST", "/git/refs", "{\"ref\":\"refs/heads/topic\",\"sha\":\"" + main + "\"}");
        String content = Base64.getEncoder().encodeToString("new\n".getBytes());
        hub.expect(
                201,
                "PUT",
                "/contents/new.txt",
                "{\"message\":\"Add new\",\"branch\":\"topic\",\"content\":\"" + content + "\"}");
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private JsonNode ask(String token, String query, ObjectNode variables) {
        ObjectNode body = Json.object().put("query", query);
        body.set("variables", variables);
        return Hub.json(hub.call(token, "POST", "/graphql", body.toString()));
    }

    private JsonNode ask(String query, ObjectNode variables) {
        return ask(hub.github.token(), query, variables);
    }

    private JsonNode repository(String selection) {
        JsonNode answer = ask("{ repository(owner: \"acme\", name: \"runner\") { " + selection + " } }", Json.object());
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        return answer.path("data").path("repository");
    }

    private ObjectNode input(ObjectNode fields) {
        return (ObjectNode) Json.object().set("input", fields.put("clientMutationId", "m"));
    }

    private ObjectNode proposal(String head) {
        return input(Json.object()
                .put("repositoryId", repository("id").path("id").asText())
                .put("baseRefName", "main")
                .put("headRefName", head)
                .put("title", "Add something")
                .put("body", "please"));
    }

    private JsonNode created() {
        JsonNode answer = ask(CREATE, proposal("topic"));
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        return answer.path("data").path("createPullRequest").path("pullRequest");
    }

    @Test
    void aPullRequestIsOpenedListedAndShown() {
        JsonNode created = created();

        assertThat(created.path("url").asText()).isEqualTo(hub.github.url() + "/acme/runner/pull/1");
        assertThat(created.path("state").asText()).isEqualTo("OPEN");
        assertThat(created.path("body").asText()).isEqualTo("please");
        JsonNode list = repository(
                        "pullRequests(states: OPEN, headRefName: \"topic\", first: 30,"
                                + " orderBy: {field: CREATED_AT, direction: DESC}) { totalCount nodes { number title"
                                + " headRepositoryOwner { login } isCrossRepository author { login } } pageInfo { hasNextPage } }")
                .path("pullRequests");
        assertThat(list.path("totalCount").asInt()).isEqualTo(1);
        assertThat(list.path("nodes")
                        .path(0)
                        .path("headRepositoryOwner")
                        .path("login")
                        .asText())
                .isEqualTo("acme");
        assertThat(repository("pullRequests(headRefName: \"other\") { totalCount }")
                        .path("pullRequests")
                        .path("totalCount")
                        .asInt())
                .isZero();
        JsonNode one = repository("pullRequest(number: 1) { additions deletions changedFiles mergeable mergeStateStatus"
                        + " commits(last: 1) { totalCount nodes { commit { oid messageHeadline } } }"
                        + " milestone { title } reviewRequests(first: 1) { nodes { requestedReviewer { __typename"
                        + " ...on User { login } ...on Team { name } } } } projectCards(first: 1) { totalCount } }")
                .path("pullRequest");
        assertThat(one.path("additions").asInt()).isEqualTo(1);
        assertThat(one.path("mergeable").asText()).isEqualTo("MERGEABLE");
        assertThat(one.path("mergeStateStatus").asText()).isEqualTo("CLEAN");
        assertThat(one.path("commits").findPath("messageHeadline").asText()).isEqualTo("Add new");
    }

    @Test
    void whatIsSaidOfItsCommitsIsShown() {
        created();
        AppToken app = AppToken.install(hub, "checker", Clock.systemUTC(), Map.of("checks", "write"));
        String sha = repository("pullRequest(number: 1) { headRefOid }")
                .path("pullRequest")
                .path("headRefOid")
                .asText();
        String selection = "pullRequest(number: 1) { commits(last: 1) { nodes { commit { statusCheckRollup { state"
                + " contexts(first: 9) { nodes { __typename ...on StatusContext { context state }"
                + " ...on CheckRun { name status conclusion checkSuite { workflowRun { workflow { name } } } } } } } } } } }";
        assertThat(repository(selection).findPath("statusCheckRollup").isNull()).isTrue();
        hub.expect(201, "POST", "/statuses/" + sha, "{\"state\":\"success\",\"context\":\"ci\"}");
        assertThat(repository(selection)
                        .findPath("statusCheckRollup")
                        .path("state")
                        .asText())
                .isEqualTo("SUCCESS");

        hub.call(
                app.token(),
                "POST",
                Hub.repository("/check-runs"),
                "{\"name\":\"lint\",\"conclusion\":\"failure\",\"head_sha\":\"" + sha + "\"}");

        JsonNode rollup = repository(selection).findPath("statusCheckRollup");
        assertThat(rollup.path("state").asText()).isEqualTo("FAILURE");
        assertThat(rollup.path("contexts").path("nodes").findValuesAsText("__typename"))
                .containsExactly("StatusContext", "CheckRun");
        assertThat(rollup.findPath("conclusion").asText()).isEqualTo("FAILURE");
        assertThat(rollup.findPath("checkSuite").path("workflowRun").isNull()).isTrue();
    }

    @Test
    void reviewsCommentsAndLabelsAreShown() {
        created();
        hub.expect(201, "POST", "/issues/1/comments", "{\"body\":\"nice\"}");
        hub.expect(200, "POST", "/issues/1/labels", "{\"labels\":[\"bug\"]}");

        JsonNode pull = repository("pullRequest(number: 1) { labels(first: 9) { nodes { name } } comments(first: 9)"
                        + " { nodes { body author { login } reactionGroups { content users { totalCount } } } }"
                        + " reviews(first: 9) { totalCount } assignees(first: 9) { totalCount } }")
                .path("pullRequest");

        assertThat(pull.path("labels").findValuesAsText("name")).containsExactly("bug");
        assertThat(pull.path("comments").findValuesAsText("body")).containsExactly("nice");
        assertThat(pull.path("reviews").path("totalCount").asInt()).isZero();
    }

    @Test
    void aPullRequestIsClosedReopenedAndMerged() {
        String id = created().path("id").asText();

        assertThat(change("closePullRequest", id)).isEqualTo("CLOSED");
        assertThat(change("reopenPullRequest", id)).isEqualTo("OPEN");
        assertThat(change("mergePullRequest", id)).isEqualTo("MERGED");
        assertThat(hub.get(Hub.repository("/contents/new.txt")).statusCode()).isEqualTo(200);
        assertThat(repository("pullRequest(number: 1) { mergedAt mergedBy { login } mergeCommit { oid } }")
                        .findPath("login")
                        .asText())
                .isEqualTo("local");
    }

    private String change(String mutation, String id) {
        JsonNode answer = ask(
                "mutation($input: Any!) { " + mutation + "(input: $input) { clientMutationId pullRequest { state } } }",
                input(Json.object().put("pullRequestId", id).put("mergeMethod", "SQUASH")));
        assertThat(answer.path("data").path(mutation).path("clientMutationId").asText())
                .as(answer.toString())
                .isEqualTo("m");
        return answer.findPath("state").asText();
    }

    @Test
    void whatCannotBeDoneIsToldInTheWordsOfTheApi() {
        created();
        AppToken reader =
                AppToken.install(hub, "reader", Clock.systemUTC(), Map.of("contents", "read", "pull_requests", "read"));

        assertThat(error(ask(CREATE, proposal("topic")))).contains("A pull request already exists for acme:topic.");
        assertThat(error(ask(CREATE, proposal("none")))).contains("head invalid");
        assertThat(error(ask(reader.token(), CREATE, proposal("topic")))).contains("not accessible by integration");
        assertThat(error(ask(CREATE, input(Json.object().put("repositoryId", "x")))))
                .contains("global id of 'x'");
        assertThat(error(ask(
                        "mutation { mergePullRequest(input: {pullRequestId: \"x\"}) { clientMutationId } }",
                        Json.object())))
                .contains("global id of 'x'");
        assertThat(error(ask(
                        "{ repository(owner: \"acme\", name: \"runner\") { pullRequest(number: 9) { id } } }",
                        Json.object())))
                .isEqualTo("Could not resolve to a PullRequest with the number of 9.");
    }

    private static String error(JsonNode answer) {
        return answer.path("errors").path(0).path("message").asText();
    }
}
