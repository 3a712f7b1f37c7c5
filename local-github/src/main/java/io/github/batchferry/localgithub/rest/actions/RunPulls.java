package io.github.batchferry.localgithub.rest.actions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.collaboration.PullRequest;
import io.github.batchferry.localgithub.collaboration.PullRequests;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.StableId;
import java.io.IOException;
import java.util.List;

/** The open pull requests whose head is the branch of a run, or its commit. */
public final class RunPulls {
    private final PullRequests pulls;
    private final RepositoryJson repositories;

    public RunPulls(PullRequests pulls, RepositoryJson repositories) {
        this.pulls = pulls;
        this.repositories = repositories;
    }

    /** All that are open in the repository of a call; none if it wants to hear of none. */
    List<Issue> open(Request request) throws IOException {
        if (request.parameter("exclude_pull_requests").orElse("").equals("true")) {
            return List.of();
        }
        IssueBook book = pulls.look(request.repository());
        return book.issues().values().stream()
                .filter(issue -> issue.open() && issue.hasChanges())
                .toList();
    }

    /** Shapes {@code pull-request-minimal} of those that belong to a run. */
    ArrayNode of(HostedRepository repository, RunRecord run, List<Issue> open) {
        ArrayNode all = Json.array();
        for (Issue issue : open) {
            PullRequest pull = issue.pull();
            if (pull.head().equals(run.refName()) || pull.headCommit().equals(run.sha())) {
                all.add(minimal(repository, issue));
            }
        }
        return all;
    }

    private ObjectNode minimal(HostedRepository repository, Issue issue) {
        PullRequest pull = issue.pull();
        ObjectNode json = Json.object()
                .put("id", StableId.of(repository.name() + " pull " + issue.number()))
                .put("number", issue.number())
                .put("url", repositories.url(repository) + "/pulls/" + issue.number());
        json.set("head", end(repository, pull.head(), pull.headCommit()));
        json.set("base", end(repository, pull.base(), pull.baseCommit()));
        return json;
    }

    private ObjectNode end(HostedRepository repository, String branch, String commit) {
        ObjectNode json = Json.object().put("ref", branch).put("sha", commit);
        json.putObject("repo")
                .put("id", StableId.of(repository.name().toString()))
                .put("url", repositories.url(repository))
                .put("name", repository.name().name());
        return json;
    }
}
