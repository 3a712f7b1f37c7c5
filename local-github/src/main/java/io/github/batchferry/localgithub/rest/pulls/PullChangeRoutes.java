package io.github.batchferry.localgithub.rest.pulls;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.collaboration.Proposal;
import io.github.batchferry.localgithub.collaboration.PullRequests;
import io.github.batchferry.localgithub.hosting.FileChange;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Page;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.CommitJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.revwalk.RevCommit;

/** What pull requests change, and which of them changed something. */
public final class PullChangeRoutes implements Routes {
    private final PullRequests pulls;
    private final RepositoryJson repositories;
    private final CommitJson commits;
    private final PullJson json;

    public PullChangeRoutes(PullRequests pulls, RepositoryJson repositories, CommitJson commits, PullJson json) {
        this.pulls = pulls;
        this.repositories = repositories;
        this.commits = commits;
        this.json = json;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", PullCall.PULL + "/files", PullCall.SCOPE, Access.READ, this::files),
                Route.of("GET", PullCall.PULL + "/commits", PullCall.SCOPE, Access.READ, this::commits),
                Route.of(
                        "GET",
                        Route.REPOSITORY + "/commits/{ref...}/pulls",
                        PullCall.SCOPE,
                        Access.READ,
                        this::ofCommit));
    }

    /** {@code GET /repos/{owner}/{repo}/pulls/{number}/files}. */
    public Response files(Request request) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        Issue issue = PullCall.pull(request, pulls.look(repository));
        List<FileChange> all = new Proposal(repository, issue.pull()).files();
        Page page = Page.of(request);
        Response response = Response.ok(commits.files(repository, issue.pull().headCommit(), page.of(all)));
        return page.link(response, json.url(repository, issue) + "/files", request.query(), all.size());
    }

    /** {@code GET /repos/{owner}/{repo}/pulls/{number}/commits}, oldest first. */
    public Response commits(Request request) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        Issue issue = PullCall.pull(request, pulls.look(repository));
        List<RevCommit> all = new Proposal(repository, issue.pull()).commits();
        Page page = Page.of(request);
        ArrayNode list = Json.array();
        page.of(all).forEach(commit -> list.add(commits.full(repository, commit)));
        return page.link(Response.ok(list), json.url(repository, issue) + "/commits", request.query(), all.size());
    }

    /** {@code GET /repos/{owner}/{repo}/commits/{ref}/pulls}: those that bring the commit, or brought it. */
    public Response ofCommit(Request request) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        String ref = request.path().get("ref");
        String sha = repository
                .revision(ref)
                .orElseThrow(() -> ApiException.unprocessable("No commit found for SHA: " + ref));
        IssueBook book = pulls.look(repository);
        List<Issue> found = new ArrayList<>();
        for (Issue issue : book.issues().values()) {
            if (issue.hasChanges() && brings(repository, issue, sha)) {
                found.add(issue);
            }
        }
        Page page = Page.of(request);
        ArrayNode list = Json.array();
        for (Issue issue : page.of(found)) {
            list.add(json.simple(repository, book, issue));
        }
        String url = repositories.url(repository) + "/commits/" + Paths.encode(ref) + "/pulls";
        return page.link(Response.ok(list), url, request.query(), found.size());
    }

    private static boolean brings(HostedRepository repository, Issue issue, String sha) throws IOException {
        if (issue.pull().merged() && issue.pull().merge().commit().equals(sha)) {
            return true;
        }
        return new Proposal(repository, issue.pull())
                .commits().stream().anyMatch(commit -> commit.name().equals(sha));
    }
}
