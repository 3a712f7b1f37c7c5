package io.github.batchferry.localgithub.rest.issues;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.collaboration.Comment;
import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.IssueBook;
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
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Comments on issues and pull requests. */
public final class CommentRoutes implements Routes {
    private static final String ON_ISSUE = IssueRoutes.ISSUES + "/{number}/comments";
    private static final String COMMENTS = IssueRoutes.ISSUES + "/comments";

    private final RepositoryDocument<IssueBook> books;
    private final RepositoryJson repositories;
    private final IssueJson json;
    private final Clock clock;

    public CommentRoutes(
            RepositoryDocument<IssueBook> books, RepositoryJson repositories, IssueJson json, Clock clock) {
        this.books = books;
        this.repositories = repositories;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", ON_ISSUE, Route.ANY_USE, Access.NONE, this::onIssue),
                Route.of("POST", ON_ISSUE, Route.ANY_USE, Access.NONE, this::create),
                Route.of("GET", COMMENTS, Route.ANY_USE, Access.NONE, this::all),
                Route.of("GET", COMMENTS + "/{id}", Route.ANY_USE, Access.NONE, this::comment),
                Route.of("PATCH", COMMENTS + "/{id}", Route.ANY_USE, Access.NONE, this::update),
                Route.of("DELETE", COMMENTS + "/{id}", Route.ANY_USE, Access.NONE, this::delete));
    }

    private IssueBook book(Request request) {
        return books.of(request.repository().name());
    }

    /** {@code GET /repos/{owner}/{repo}/issues/{number}/comments}, oldest first. */
    public Response onIssue(Request request) throws ApiException {
        Issue issue = IssueCall.issue(request, book(request), Access.READ);
        List<Comment> found = since(request, book(request).commentsOn(issue.number()));
        return page(request, found, json.url(request.repository(), issue.number()) + "/comments");
    }

    /** {@code GET /repos/{owner}/{repo}/issues/comments}. */
    public Response all(Request request) throws ApiException {
        IssueCall.any(request, Access.READ);
        Comparator<Comment> order = request.parameter("sort").orElse("created").equals("updated")
                ? Comparator.comparing(Comment::updatedAt).thenComparing(Comment::id)
                : Comparator.comparing(Comment::id);
        boolean newestFirst = request.parameter("sort").isPresent()
                && request.parameter("direction").orElse("desc").equals("desc");
        List<Comment> found = since(
                        request, List.copyOf(book(request).comments().values()))
                .stream()
                .sorted(newestFirst ? order.reversed() : order)
                .toList();
        return page(request, found, repositories.url(request.repository()) + "/issues/comments");
    }

    private static List<Comment> since(Request request, List<Comment> comments) throws ApiException {
        Optional<Instant> since = request.time("since");
        return comments.stream()
                .filter(comment -> since.filter(comment.updatedAt()::isBefore).isEmpty())
                .toList();
    }

    private Response page(Request request, List<Comment> found, String url) {
        Page page = Page.of(request);
        ArrayNode list = Json.array();
        page.of(found).forEach(comment -> list.add(json(request, comment)));
        return page.link(Response.ok(list), url, request.query(), found.size());
    }

    private ObjectNode json(Request request, Comment comment) {
        HostedRepository repository = request.repository();
        return json.comment(repository, book(request).issue(comment.issue()).orElseThrow(), comment);
    }

    /** {@code POST /repos/{owner}/{repo}/issues/{number}/comments}. */
    public Response create(Request request) throws ApiException {
        Issue issue = IssueCall.issue(request, book(request), Access.WRITE);
        String text = text(request);
        IssueBook after = books.update(
                request.repository().name(),
                before -> before.commented(issue.number(), request.caller().login(), text, clock.instant()));
        ObjectNode created = json(request, after.comments().get(after.lastId()));
        return Response.json(201, created).with("Location", created.path("url").asText());
    }

    private static String text(Request request) throws ApiException {
        Fields body = Fields.of(request, "IssueComment");
        String text = IssueFields.text(body, "IssueComment").orElseThrow(() -> body.missing("body"));
        if (text.isBlank()) {
            throw ApiException.invalid(FieldError.of("IssueComment", "body", "missing_field"));
        }
        return text;
    }

    private Comment find(Request request, Access access) throws ApiException {
        IssueBook book = book(request);
        Comment comment =
                Optional.ofNullable(book.comments().get(request.id("id"))).orElseThrow(ApiException::notFound);
        IssueCall.check(request, book.issue(comment.issue()).orElseThrow(), access);
        return comment;
    }

    /** {@code GET /repos/{owner}/{repo}/issues/comments/{id}}. */
    public Response comment(Request request) throws ApiException {
        return Response.ok(json(request, find(request, Access.READ)));
    }

    /** {@code PATCH /repos/{owner}/{repo}/issues/comments/{id}}. */
    public Response update(Request request) throws ApiException {
        Comment comment = find(request, Access.WRITE).edited(text(request), clock.instant());
        books.update(request.repository().name(), book -> book.with(comment));
        return Response.ok(json(request, comment));
    }

    /** {@code DELETE /repos/{owner}/{repo}/issues/comments/{id}}. */
    public Response delete(Request request) throws ApiException {
        Comment comment = find(request, Access.WRITE);
        books.update(request.repository().name(), book -> book.withoutComment(comment.id()));
        return Response.empty(204);
    }
}
