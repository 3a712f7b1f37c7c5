package io.github.batchferry.localgithub.rest.issues;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.collaboration.Comment;
import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.collaboration.Label;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.store.StableId;
import java.util.List;

/** GitHub's shapes of issues, labels and comments. */
public final class IssueJson {
    private final RepositoryJson repositories;
    private final AccountJson accounts;

    public IssueJson(RepositoryJson repositories, AccountJson accounts) {
        this.repositories = repositories;
        this.accounts = accounts;
    }

    /** The shape {@code issue}, for a pull request too. */
    public ObjectNode issue(HostedRepository repository, IssueBook book, Issue issue) {
        String url = url(repository, issue.number());
        long id = StableId.of(repository.name() + " issue " + issue.number());
        ObjectNode json = Json.object()
                .put("id", id)
                .put("node_id", AccountJson.nodeId("Issue", id))
                .put("url", url)
                .put("repository_url", repositories.url(repository))
                .put("labels_url", url + "/labels{/name}")
                .put("comments_url", url + "/comments")
                .put("events_url", url + "/events")
                .put("timeline_url", url + "/timeline")
                .put("html_url", htmlUrl(repository, issue))
                .put("comments", book.commentsOn(issue.number()).size())
                .putNull("performed_via_github_app");
        shared(json, repository, book, issue);
        state(json, issue);
        json.set("reactions", reactions(url));
        return issue.hasChanges() ? pull(json, repository, issue) : json;
    }

    /** What a pull request tells of itself just as an issue does. */
    public void shared(ObjectNode json, HostedRepository repository, IssueBook book, Issue issue) {
        json.put("number", issue.number())
                .put("state", issue.open() ? "open" : "closed")
                .put("locked", false)
                .putNull("active_lock_reason")
                .put("title", issue.title())
                .put("body", issue.body())
                .put("created_at", RepositoryJson.time(issue.createdAt()))
                .put("updated_at", RepositoryJson.time(issue.updatedAt()))
                .put(
                        "closed_at",
                        issue.open()
                                ? null
                                : RepositoryJson.time(issue.closing().at()))
                .putNull("milestone")
                .put("author_association", Association.of(repository, issue.author()));
        json.set("user", accounts.simpleUser(issue.author()));
        json.set("labels", labels(repository, book.labelsOf(issue)));
        ArrayNode assignees = accounts(issue.assignees());
        json.set("assignee", assignees.isEmpty() ? null : assignees.get(0));
        json.set("assignees", assignees);
    }

    private void state(ObjectNode json, Issue issue) {
        if (issue.open()) {
            json.put("state_reason", issue.reopened() ? "reopened" : null).putNull("closed_by");
            return;
        }
        json.put("state_reason", issue.closing().reason());
        json.set("closed_by", accounts.simpleUser(issue.closing().by()));
    }

    private ObjectNode pull(ObjectNode json, HostedRepository repository, Issue issue) {
        String html = htmlUrl(repository, issue);
        json.put("draft", issue.pull().draft());
        json.putObject("pull_request")
                .put("url", repositories.url(repository) + "/pulls/" + issue.number())
                .put("html_url", html)
                .put("diff_url", html + ".diff")
                .put("patch_url", html + ".patch")
                .put(
                        "merged_at",
                        issue.pull().merged()
                                ? RepositoryJson.time(issue.pull().merge().at())
                                : null);
        return json;
    }

    /** Shapes {@code simple-user}. */
    public ArrayNode accounts(List<String> logins) {
        ArrayNode all = Json.array();
        logins.forEach(login -> all.add(accounts.simpleUser(login)));
        return all;
    }

    /** Address of an issue, or of a pull request as an issue, in the API. */
    public String url(HostedRepository repository, int number) {
        return repositories.url(repository) + "/issues/" + number;
    }

    /** Address of its page. */
    public String htmlUrl(HostedRepository repository, Issue issue) {
        return repositories.htmlUrl(repository) + (issue.hasChanges() ? "/pull/" : "/issues/") + issue.number();
    }

    /** Shapes {@code label}. */
    public ArrayNode labels(HostedRepository repository, List<Label> labels) {
        ArrayNode all = Json.array();
        labels.forEach(label -> all.add(label(repository, label)));
        return all;
    }

    /** The shape {@code label}. */
    public ObjectNode label(HostedRepository repository, Label label) {
        return Json.object()
                .put("id", label.id())
                .put("node_id", nodeId(repository, "Label", label.id()))
                .put("url", repositories.url(repository) + "/labels/" + Paths.encode(label.name()))
                .put("name", label.name())
                .put("color", label.color())
                .put("default", label.preset())
                .put("description", label.description());
    }

    /** The shape {@code issue-comment}. */
    public ObjectNode comment(HostedRepository repository, Issue issue, Comment comment) {
        String url = repositories.url(repository) + "/issues/comments/" + comment.id();
        ObjectNode json = Json.object()
                .put("id", comment.id())
                .put("node_id", nodeId(repository, "IssueComment", comment.id()))
                .put("url", url)
                .put("html_url", htmlUrl(repository, issue) + "#issuecomment-" + comment.id())
                .put("issue_url", url(repository, issue.number()))
                .put("body", comment.body())
                .put("created_at", RepositoryJson.time(comment.createdAt()))
                .put("updated_at", RepositoryJson.time(comment.updatedAt()))
                .put("author_association", Association.of(repository, comment.author()))
                .putNull("performed_via_github_app");
        json.set("user", accounts.simpleUser(comment.author()));
        json.set("reactions", reactions(url));
        return json;
    }

    private static String nodeId(HostedRepository repository, String kind, long id) {
        return AccountJson.nodeId(kind, StableId.of(repository.name() + " " + kind + " " + id));
    }

    private static ObjectNode reactions(String url) {
        ObjectNode json = Json.object().put("url", url + "/reactions").put("total_count", 0);
        for (String kind : new String[] {"+1", "-1", "laugh", "confused", "heart", "hooray", "eyes", "rocket"}) {
            json.put(kind, 0);
        }
        return json;
    }
}
