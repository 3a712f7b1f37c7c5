package io.github.batchferry.localgithub.rest.issues;

import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.time.Clock;
import java.util.List;

/** Who is to do an issue: the one user there is, or nobody. Other logins are passed over, as on github.com. */
public final class IssueAssigneeRoutes implements Routes {
    private static final String ASSIGNEES = IssueRoutes.ISSUES + "/{number}/assignees";

    private final RepositoryDocument<IssueBook> books;
    private final IssueJson json;
    private final Clock clock;

    public IssueAssigneeRoutes(RepositoryDocument<IssueBook> books, IssueJson json, Clock clock) {
        this.books = books;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("POST", ASSIGNEES, Route.ANY_USE, Access.NONE, this::assign),
                Route.of("DELETE", ASSIGNEES, Route.ANY_USE, Access.NONE, this::unassign));
    }

    /** {@code POST /repos/{owner}/{repo}/issues/{number}/assignees}. */
    public Response assign(Request request) throws ApiException {
        return change(request, 201, List.of(Caller.User.LOGIN));
    }

    /** {@code DELETE /repos/{owner}/{repo}/issues/{number}/assignees}. */
    public Response unassign(Request request) throws ApiException {
        return change(request, 200, List.of());
    }

    private Response change(Request request, int status, List<String> logins) throws ApiException {
        IssueBook book = books.of(request.repository().name());
        Issue issue = IssueCall.issue(request, book, Access.WRITE);
        boolean named = Fields.orNone(request, "Issue").texts("assignees").orElse(List.of()).stream()
                .anyMatch(Caller.User.LOGIN::equalsIgnoreCase);
        if (named) {
            book = books.update(
                    request.repository().name(),
                    before -> before.changed(issue.number(), now -> now.assigned(logins, clock.instant())));
        }
        return Response.json(
                status,
                json.issue(
                        request.repository(), book, book.issue(issue.number()).orElseThrow()));
    }
}
