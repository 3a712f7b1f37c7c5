package io.github.batchferry.localgithub.rest.pulls;

import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.collaboration.PullRequests;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.issues.IssueJson;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** Who is asked for a review: the one user there is, if somebody else opened the pull request. */
public final class ReviewerRoutes implements Routes {
    private static final String REVIEWERS = PullCall.PULL + "/requested_reviewers";

    private final RepositoryDocument<IssueBook> books;
    private final PullRequests pulls;
    private final PullJson json;
    private final IssueJson issues;
    private final Clock clock;

    public ReviewerRoutes(
            RepositoryDocument<IssueBook> books, PullRequests pulls, PullJson json, IssueJson issues, Clock clock) {
        this.books = books;
        this.pulls = pulls;
        this.json = json;
        this.issues = issues;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", REVIEWERS, PullCall.SCOPE, Access.READ, this::reviewers),
                Route.of("POST", REVIEWERS, PullCall.SCOPE, Access.WRITE, this::request),
                Route.of("DELETE", REVIEWERS, PullCall.SCOPE, Access.WRITE, this::withdraw));
    }

    /** {@code GET /repos/{owner}/{repo}/pulls/{number}/requested_reviewers}. */
    public Response reviewers(Request request) throws IOException, ApiException {
        Issue issue = PullCall.pull(request, pulls.look(request.repository()));
        var all = Json.object();
        all.set("users", issues.accounts(issue.pull().reviewers()));
        all.putArray("teams");
        return Response.ok(all);
    }

    /** {@code POST /repos/{owner}/{repo}/pulls/{number}/requested_reviewers}. */
    public Response request(Request request) throws IOException, ApiException {
        Issue issue = PullCall.pull(request, pulls.look(request.repository()));
        List<String> wanted = wanted(request);
        if (wanted.stream().anyMatch(issue.author()::equalsIgnoreCase)) {
            throw ApiException.unprocessable("Review cannot be requested from pull request author.");
        }
        if (!wanted.stream().allMatch(Caller.User.LOGIN::equalsIgnoreCase)) {
            throw ApiException.unprocessable(
                    "Reviews may only be requested from collaborators. One or more of the users"
                            + " or teams you specified is not a collaborator of the "
                            + request.repository().name() + " repository.");
        }
        return wanted.isEmpty() ? answer(request, 201, issue) : set(request, 201, issue, List.of(Caller.User.LOGIN));
    }

    /** {@code DELETE /repos/{owner}/{repo}/pulls/{number}/requested_reviewers}. */
    public Response withdraw(Request request) throws IOException, ApiException {
        Issue issue = PullCall.pull(request, pulls.look(request.repository()));
        List<String> unwanted = wanted(request);
        List<String> left = issue.pull().reviewers().stream()
                .filter(login -> unwanted.stream().noneMatch(login::equalsIgnoreCase))
                .toList();
        return set(request, 200, issue, left);
    }

    private static List<String> wanted(Request request) throws ApiException {
        Fields body = Fields.of(request, PullCall.RESOURCE);
        if (!body.texts("team_reviewers").orElse(List.of()).isEmpty()) {
            throw body.invalid("team_reviewers", "the embedded GitHub has no teams; leave `team_reviewers` out");
        }
        return body.texts("reviewers").orElse(List.of());
    }

    private Response set(Request request, int status, Issue issue, List<String> logins) throws IOException {
        books.update(
                request.repository().name(),
                book -> book.changed(
                        issue.number(), each -> each.with(each.pull().reviewers(logins), clock.instant())));
        return answer(request, status, issue);
    }

    private Response answer(Request request, int status, Issue issue) throws IOException {
        IssueBook book = books.of(request.repository().name());
        Issue now = book.issue(issue.number()).orElseThrow();
        return Response.json(status, json.simple(request.repository(), book, now));
    }
}
