package io.github.batchferry.localgithub.rest.issues;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.collaboration.Label;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.FieldError;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Page;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.util.List;
import java.util.Optional;

/** The labels of a repository. */
public final class LabelRoutes implements Routes {
    private static final String LABELS = Route.REPOSITORY + "/labels";

    private final RepositoryDocument<IssueBook> books;
    private final RepositoryJson repositories;
    private final IssueJson json;

    public LabelRoutes(RepositoryDocument<IssueBook> books, RepositoryJson repositories, IssueJson json) {
        this.books = books;
        this.repositories = repositories;
        this.json = json;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", LABELS, Route.ANY_USE, Access.NONE, this::labels),
                Route.of("POST", LABELS, Route.ANY_USE, Access.NONE, this::create),
                Route.of("GET", LABELS + "/{name...}", Route.ANY_USE, Access.NONE, this::label),
                Route.of("PATCH", LABELS + "/{name...}", Route.ANY_USE, Access.NONE, this::update),
                Route.of("DELETE", LABELS + "/{name...}", Route.ANY_USE, Access.NONE, this::delete));
    }

    private IssueBook book(Request request) {
        return books.of(request.repository().name());
    }

    private Label find(Request request) throws ApiException {
        return book(request).label(request.path().get("name")).orElseThrow(ApiException::notFound);
    }

    /** {@code GET /repos/{owner}/{repo}/labels}. */
    public Response labels(Request request) throws ApiException {
        IssueCall.any(request, Access.READ);
        HostedRepository repository = request.repository();
        List<Label> all = List.copyOf(book(request).labels().values());
        Page page = Page.of(request);
        String url = repositories.url(repository) + "/labels";
        return page.link(Response.ok(json.labels(repository, page.of(all))), url, request.query(), all.size());
    }

    /** {@code GET /repos/{owner}/{repo}/labels/{name}}. */
    public Response label(Request request) throws ApiException {
        IssueCall.any(request, Access.READ);
        return Response.ok(json.label(request.repository(), find(request)));
    }

    /** {@code POST /repos/{owner}/{repo}/labels}. */
    public Response create(Request request) throws ApiException {
        IssueCall.any(request, Access.WRITE);
        Fields body = Fields.of(request, "Label");
        String name = LabelRules.name(body.needed("name"));
        String color = LabelRules.color(body.text("color").orElse(Label.USUAL_COLOR));
        String description = description(body, null);
        IssueBook before = book(request);
        unused(before, name, -1);
        IssueBook after = books.update(
                request.repository().name(),
                book -> book.label(name).isPresent() ? book : book.labelled(name, color, description));
        ObjectNode created = json.label(request.repository(), after.label(name).orElseThrow());
        return Response.json(201, created).with("Location", created.path("url").asText());
    }

    private static String description(Fields body, String before) throws ApiException {
        if (!body.names("description")) {
            return before;
        }
        Optional<String> text = body.text("description");
        return text.isPresent() ? LabelRules.description(text.get()) : null;
    }

    private static void unused(IssueBook book, String name, long except) throws ApiException {
        if (book.label(name).filter(label -> label.id() != except).isPresent()) {
            throw ApiException.invalid(FieldError.of("Label", "name", "already_exists"));
        }
    }

    /** {@code PATCH /repos/{owner}/{repo}/labels/{name}}; issues keep the label under its new name. */
    public Response update(Request request) throws ApiException {
        IssueCall.any(request, Access.WRITE);
        Label label = find(request);
        Fields body = Fields.of(request, "Label");
        String name = LabelRules.name(body.text("new_name").orElse(label.name()));
        unused(book(request), name, label.id());
        String color = LabelRules.color(body.text("color").orElse(label.color()));
        Label changed = new Label(label.id(), name, color, description(body, label.description()), label.preset());
        books.update(request.repository().name(), book -> book.with(changed));
        return Response.ok(json.label(request.repository(), changed));
    }

    /** {@code DELETE /repos/{owner}/{repo}/labels/{name}}; issues that had it lose it. */
    public Response delete(Request request) throws ApiException {
        IssueCall.any(request, Access.WRITE);
        Label label = find(request);
        books.update(request.repository().name(), book -> book.withoutLabel(label.id()));
        return Response.empty(204);
    }
}
