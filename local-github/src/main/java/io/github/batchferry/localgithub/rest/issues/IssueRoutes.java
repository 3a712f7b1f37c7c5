package io.github.batchferry.localgithub.rest.issues;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.collaboration.PullRequests;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.FieldError;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Page;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Issues; pull requests are among them wherever they have the same. */
public final class IssueRoutes implements Routes {
    static final String ISSUES = Route.REPOSITORY + "/issues";

    private final RepositoryDocument<IssueBook> books;
    private final PullRequests pulls;
    private final RepositoryJson repositories;
    private final IssueJson json;
    private final Clock clock;

    public IssueRoutes(
            RepositoryDocument<IssueBook> books,
            PullRequests pulls,
            RepositoryJson repositories,
            IssueJson json,
            Clock clock) {
        this.books = books;
        this.pulls = pulls;
        this.repositories = repositories;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", ISSUES, Route.ANY_USE, Access.NONE, this::list),
                Route.of("POST", ISSUES, "issues", Access.WRITE, this::create),
                Route.of("GET", ISSUES + "/{number}", Route.ANY_USE, Access.NONE, this::issue),
                Route.of("PATCH", ISSUES + "/{number}", Route.ANY_USE, Access.NONE, this::update));
    }

    /** {@code GET /repos/{owner}/{repo}/issues}. */
    public Response list(Request request) throws IOException, ApiException {
        IssueCall.any(request, Access.READ);
        HostedRepository repository = request.repository();
        IssueBook book = pulls.look(repository);
        List<Issue> found = new IssueFilter(request, book).issues();
        Page page = Page.of(request);
        ArrayNode list = Json.array();
        page.of(found).forEach(issue -> list.add(json.issue(repository, book, issue)));
        String url = repositories.url(repository) + "/issues";
        return page.link(Response.ok(list), url, request.query(), found.size());
    }

    /** {@code GET /repos/{owner}/{repo}/issues/{number}}. */
    public Response issue(Request request) throws IOException, ApiException {
        IssueBook book = pulls.look(request.repository());
        Issue issue = IssueCall.issue(request, book, Access.READ);
        return Response.ok(json.issue(request.repository(), book, issue));
    }

    /** {@code POST /repos/{owner}/{repo}/issues}; labels that are not there yet are created. */
    public Response create(Request request) throws ApiException {
        HostedRepository repository = request.repository();
        Fields body = Fields.of(request, "Issue");
        IssueFields.refuseUnknown(body, "Issue");
        String title = IssueFields.title(body, "Issue").orElseThrow(() -> body.missing("title"));
        String text = IssueFields.text(body, "Issue").orElse(null);
        List<String> labels = IssueFields.labels(body.list("labels").orElse(Json.array()));
        List<String> assignees = IssueFields.assignees(body).orElse(List.of());
        Instant now = clock.instant();
        String author = request.caller().login();
        IssueBook book = books.update(repository.name(), before -> {
            IssueBook labelled = before.knowing(labels);
            return labelled.opened(title, text, author, labelled.idsOf(labels), assignees, null, now);
        });
        ObjectNode created =
                json.issue(repository, book, book.issue(book.lastNumber()).orElseThrow());
        return Response.json(201, created).with("Location", created.path("url").asText());
    }

    /** {@code PATCH /repos/{owner}/{repo}/issues/{number}}. */
    public Response update(Request request) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        pulls.lock().lock();
        try {
            Issue issue = IssueCall.issue(request, pulls.look(repository), Access.WRITE);
            Fields body = Fields.of(request, "Issue");
            IssueFields.refuseUnknown(body, "Issue");
            List<String> labels = IssueFields.labels(body.list("labels").orElse(Json.array()));
            UnaryOperator<Issue> change = change(request, issue, body);
            Instant now = clock.instant();
            IssueBook book = books.update(repository.name(), before -> {
                IssueBook labelled = before.knowing(labels).changed(issue.number(), change);
                return body.names("labels")
                        ? labelled.changed(issue.number(), each -> each.labelled(labelled.idsOf(labels), now))
                        : labelled;
            });
            return Response.ok(
                    json.issue(repository, book, book.issue(issue.number()).orElseThrow()));
        } finally {
            pulls.lock().unlock();
        }
    }

    private UnaryOperator<Issue> change(Request request, Issue issue, Fields body) throws IOException, ApiException {
        Instant now = clock.instant();
        List<UnaryOperator<Issue>> changes = new ArrayList<>();
        Optional<String> title = IssueFields.title(body, "Issue");
        Optional<String> text = IssueFields.text(body, "Issue");
        if (title.isPresent() || body.names("body")) {
            changes.add(each ->
                    each.worded(title.orElse(each.title()), body.names("body") ? text.orElse(null) : each.body(), now));
        }
        IssueFields.assignees(body).ifPresent(logins -> changes.add(each -> each.assigned(logins, now)));
        Optional<String> state = body.text("state");
        if (state.isPresent()) {
            IssueState states = new IssueState(
                    request.repository(), books.of(request.repository().name()));
            changes.add(states.change(
                    issue, state.get(), reason(body), request.caller().login(), now));
        }
        return each ->
                changes.stream().reduce(each, (before, change) -> change.apply(before), (first, second) -> second);
    }

    private static String reason(Fields body) throws ApiException {
        String reason = body.text("state_reason").orElse("completed");
        if (!reason.matches("completed|not_planned|duplicate|reopened")) {
            throw ApiException.invalid(FieldError.of("Issue", "state_reason", "invalid"));
        }
        return reason.equals("reopened") ? "completed" : reason;
    }
}
