package io.github.batchferry.localgithub.rest.pulls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.collaboration.Proposal;
import io.github.batchferry.localgithub.collaboration.PullRequest;
import io.github.batchferry.localgithub.hosting.FileChange;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.issues.IssueJson;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.store.StableId;
import java.io.IOException;
import java.util.List;

/** GitHub's shapes of pull requests. */
public final class PullJson {
    private final RepositoryJson repositories;
    private final AccountJson accounts;
    private final IssueJson issues;

    public PullJson(RepositoryJson repositories, AccountJson accounts, IssueJson issues) {
        this.repositories = repositories;
        this.accounts = accounts;
        this.issues = issues;
    }

    /** Address of a pull request in the API. */
    public String url(HostedRepository repository, Issue issue) {
        return repositories.url(repository) + "/pulls/" + issue.number();
    }

    /** Address of its page. */
    public String htmlUrl(HostedRepository repository, Issue issue) {
        return issues.htmlUrl(repository, issue);
    }

    /** The shape {@code pull-request-simple}. */
    public ObjectNode simple(HostedRepository repository, IssueBook book, Issue issue) throws IOException {
        ObjectNode json = common(repository, book, issue);
        for (JsonNode label : json.path("labels")) {
            // here, and only here, it may not be null
            ((ObjectNode) label).put("description", label.path("description").asText(""));
        }
        return json;
    }

    /** The shape {@code pull-request}, with all that is computed. */
    public ObjectNode full(HostedRepository repository, IssueBook book, Issue issue) throws IOException {
        Proposal proposal = new Proposal(repository, issue.pull());
        List<FileChange> files = proposal.files();
        Mergeability mergeability = Mergeability.of(issue, proposal);
        ObjectNode json = common(repository, book, issue)
                .put("merged", issue.pull().merged())
                .put("mergeable", mergeability.mergeable())
                .putNull("rebaseable")
                .put("mergeable_state", mergeability.state())
                .put("comments", book.commentsOn(issue.number()).size())
                .put("review_comments", 0)
                .put("maintainer_can_modify", issue.pull().maintainerCanModify())
                .put("commits", proposal.commits().size())
                .put("additions", files.stream().mapToInt(FileChange::additions).sum())
                .put("deletions", files.stream().mapToInt(FileChange::deletions).sum())
                .put("changed_files", files.size());
        json.set(
                "merged_by",
                issue.pull().merged() ? accounts.simpleUser(issue.pull().merge().by()) : null);
        return json;
    }

    private ObjectNode common(HostedRepository repository, IssueBook book, Issue issue) throws IOException {
        PullRequest pull = issue.pull();
        long id = StableId.of(repository.name() + " pull " + issue.number());
        ObjectNode json = Json.object().put("id", id).put("node_id", AccountJson.nodeId("PullRequest", id));
        issues.shared(json, repository, book, issue);
        json.put("draft", pull.draft())
                .put(
                        "merged_at",
                        pull.merged() ? RepositoryJson.time(pull.merge().at()) : null)
                .put("merge_commit_sha", pull.merged() ? pull.merge().commit() : null)
                .putNull("auto_merge");
        json.set("requested_reviewers", issues.accounts(pull.reviewers()));
        json.putArray("requested_teams");
        ObjectNode shown = repositories.full(repository, true);
        json.set("head", end(repository, pull.head(), pull.headCommit(), shown));
        json.set("base", end(repository, pull.base(), pull.baseCommit(), shown.deepCopy()));
        links(json, repository, issue);
        return json;
    }

    private ObjectNode end(HostedRepository repository, String branch, String commit, ObjectNode shown) {
        String owner = repository.name().owner();
        ObjectNode json = Json.object()
                .put("label", owner + ":" + branch)
                .put("ref", branch)
                .put("sha", commit);
        json.set("user", accounts.simpleUser(owner));
        json.set("repo", shown);
        return json;
    }

    private void links(ObjectNode json, HostedRepository repository, Issue issue) {
        String url = url(repository, issue);
        String html = issues.htmlUrl(repository, issue);
        String asIssue = issues.url(repository, issue.number());
        String[][] links = {
            {"issue", asIssue},
            {"commits", url + "/commits"},
            {"review_comments", url + "/comments"},
            {"review_comment", repositories.url(repository) + "/pulls/comments{/number}"},
            {"comments", asIssue + "/comments"},
            {
                "statuses",
                repositories.url(repository) + "/statuses/" + issue.pull().headCommit()
            },
        };
        json.put("url", url)
                .put("html_url", html)
                .put("diff_url", html + ".diff")
                .put("patch_url", html + ".patch");
        ObjectNode all = json.putObject("_links");
        all.putObject("self").put("href", url);
        all.putObject("html").put("href", html);
        for (String[] link : links) {
            json.put(link[0] + "_url", link[1]);
            all.putObject(link[0]).put("href", link[1]);
        }
    }
}
