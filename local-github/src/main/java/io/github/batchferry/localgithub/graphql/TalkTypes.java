package io.github.batchferry.localgithub.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What people say and do about pull requests. What GitHub has and this has not, is always empty. */
final class TalkTypes {
    private TalkTypes() {}

    static void addTo(Schema schema) {
        schema.addWithLists(new JsonType("Label", "Node")
                .value("id", "node_id")
                .value("name", "name")
                .value("description", "description")
                .value("color", "color")
                .type());
        schema.addWithLists(said("IssueComment")
                .value("createdAt", "created_at")
                .value("url", "html_url")
                .constant("includesCreatedEdit", false)
                .constant("isMinimized", false)
                .constant("minimizedReason", null)
                .constant("viewerDidAuthor", true)
                .type());
        schema.addWithLists(said("PullRequestReview")
                .value("submittedAt", "submitted_at")
                .value("state", "state")
                .object("commit", "ReviewedCommit", review -> review)
                .type());
        schema.add(new JsonType("ReviewedCommit").value("oid", "commit_id").type());
        schema.addWithLists(GraphType.union("RequestedReviewer", "User", "Team"));
        schema.addWithLists(new GraphType<GraphType.Member>("ReviewRequest")
                .object("requestedReviewer", "RequestedReviewer", member -> member));
        schema.add(new JsonType("Team")
                .value("name", "name")
                .value("slug", "slug")
                .object("organization", "Organization", team -> team)
                .type());
        schema.add(new JsonType("Organization").value("login", "login").type());
        addWhatIsNeverThere(schema);
    }

    private static JsonType said(String name) {
        JsonType type = new JsonType(name, "Node", "Comment");
        return type.value("id", "node_id")
                .value("body", "body")
                .value("authorAssociation", "author_association")
                .user("author", "user")
                .object("reactionGroups", "ReactionGroup", any -> List.of());
    }

    private static void addWhatIsNeverThere(Schema schema) {
        GraphType<JsonNode> reactions =
                new JsonType("ReactionGroup").value("content", "content").type();
        schema.add(reactions.list("users", "User", (group, arguments, caller) -> List.of()));
        schema.add(new JsonType("Milestone")
                .value("number", "number")
                .value("title", "title")
                .value("description", "description")
                .value("dueOn", "due_on")
                .type());
        schema.addWithLists(new JsonType("ProjectCard")
                .object("project", "Project", card -> card)
                .object("column", "ProjectColumn", card -> card)
                .type());
        schema.add(new JsonType("Project").value("name", "name").type());
        schema.add(new JsonType("ProjectColumn").value("name", "name").type());
    }

    /** Adds to pull requests what people say and do about them. */
    static void talk(GraphType<PullTypes.Pull> type, RestLists lists) {
        type.list("labels", "Label", (pull, arguments, caller) -> elements(pull.at("labels")))
                .list("assignees", "User", (pull, arguments, caller) -> logins(pull.at("assignees")))
                .list(
                        "reviewRequests",
                        "ReviewRequest",
                        (pull, arguments, caller) -> logins(pull.at("requested_reviewers")).stream()
                                .map(login -> new GraphType.Member("User", login))
                                .toList())
                .list(
                        "reviews",
                        "PullRequestReview",
                        (pull, arguments, caller) -> lists.all(caller, pull.path() + "/reviews", ""))
                .list(
                        "comments",
                        "IssueComment",
                        (pull, arguments, caller) -> lists.all(caller, pull.issuePath() + "/comments", ""))
                .list("projectCards", "ProjectCard", (pull, arguments, caller) -> List.of())
                .object("milestone", "Milestone", pull -> null)
                .object("reactionGroups", "ReactionGroup", pull -> List.of())
                .constant("reviewDecision", null);
    }

    private static List<JsonNode> elements(JsonNode list) {
        List<JsonNode> elements = new ArrayList<>();
        list.forEach(elements::add);
        return elements;
    }

    private static List<String> logins(JsonNode accounts) {
        return elements(accounts).stream()
                .map(account -> account.path("login").asText())
                .toList();
    }
}
