package io.github.batchferry.localgithub.rest.issues;

import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.collaboration.Label;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Page;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The labels of issues and pull requests. Labels that the repository does not have yet are created. */
public final class IssueLabelRoutes implements Routes {
    private static final String LABELS = IssueRoutes.ISSUES + "/{number}/labels";

    private final RepositoryDocument<IssueBook> books;
    private final IssueJson json;
    private final Clock clock;

    public IssueLabelRoutes(RepositoryDocument<IssueBook> books, IssueJson json, Clock clock) {
        this.books = books;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", LABELS, Route.ANY_USE, Access.NONE, this::labels),
                Route.of("POST", LABELS, Route.ANY_USE, Access.NONE, this::add),
                Route.of("PUT", LABELS, Route.ANY_USE, Access.NONE, this::set),
                Route.of("DELETE", LABELS, Route.ANY_USE, Access.NONE, this::clear),
                Route.of("DELETE", LABELS + "/{name...}", Route.ANY_USE, Access.NONE, this::remove));
    }

    private Issue issue(Request request, Access access) throws ApiException {
        return IssueCall.issue(request, books.of(request.repository().name()), access);
    }

    /** {@code GET /repos/{owner}/{repo}/issues/{number}/labels}. */
    public Response labels(Request request) throws ApiException {
        Issue issue = issue(request, Access.READ);
        List<Label> all = books.of(request.repository().name()).labelsOf(issue);
        Page page = Page.of(request);
        String url = json.url(request.repository(), issue.number()) + "/labels";
        return page.link(
                Response.ok(json.labels(request.repository(), page.of(all))), url, request.query(), all.size());
    }

    /** {@code POST /repos/{owner}/{repo}/issues/{number}/labels}. */
    public Response add(Request request) throws ApiException {
        Issue issue = issue(request, Access.WRITE);
        List<String> names = names(request);
        return change(request, issue, names, true);
    }

    /** {@code PUT /repos/{owner}/{repo}/issues/{number}/labels}. */
    public Response set(Request request) throws ApiException {
        Issue issue = issue(request, Access.WRITE);
        List<String> names = names(request);
        return change(request, issue, names, false);
    }

    private static List<String> names(Request request) throws ApiException {
        return IssueFields.labels(Fields.orNone(request, "Label").list("labels").orElse(Json.array()));
    }

    private Response change(Request request, Issue issue, List<String> names, boolean keep) {
        IssueBook after = books.update(request.repository().name(), before -> {
            IssueBook book = before.knowing(names);
            return book.changed(issue.number(), now -> now.labelled(ids(book, now, names, keep), clock.instant()));
        });
        return answer(request, after, issue);
    }

    private static List<Long> ids(IssueBook book, Issue issue, List<String> names, boolean keep) {
        List<Long> ids = new ArrayList<>(keep ? issue.labels() : List.of());
        book.idsOf(names).stream().filter(id -> !ids.contains(id)).forEach(ids::add);
        return ids;
    }

    private Response answer(Request request, IssueBook book, Issue issue) {
        Issue now = book.issue(issue.number()).orElseThrow();
        return Response.ok(json.labels(request.repository(), book.labelsOf(now)));
    }

    /** {@code DELETE /repos/{owner}/{repo}/issues/{number}/labels}. */
    public Response clear(Request request) throws ApiException {
        change(request, issue(request, Access.WRITE), List.of(), false);
        return Response.empty(204);
    }

    /** {@code DELETE /repos/{owner}/{repo}/issues/{number}/labels/{name}}. */
    public Response remove(Request request) throws ApiException {
        Issue issue = issue(request, Access.WRITE);
        Label label = books.of(request.repository().name())
                .label(request.path().get("name"))
                .filter(found -> issue.labels().contains(found.id()))
                .orElseThrow(() -> new ApiException(404, "Label does not exist"));
        IssueBook after = books.update(
                request.repository().name(),
                book -> book.changed(issue.number(), now -> now.labelled(without(now, label), clock.instant())));
        return answer(request, after, issue);
    }

    private static List<Long> without(Issue issue, Label label) {
        return issue.labels().stream().filter(id -> id != label.id()).toList();
    }
}
