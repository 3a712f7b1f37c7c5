package io.github.batchferry.localgithub.checks;

import com.fasterxml.jackson.databind.node.ArrayNode;
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
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.StateDirectory;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Statuses of commits. */
public final class StatusRoutes implements Routes {
    private static final String RESOURCE = "Status";
    private static final int MOST = 1000;
    private static final int LONGEST = 140;

    private final RepositoryDocument<StatusBook> books;
    private final StatusJson json;
    private final Clock clock;

    public StatusRoutes(StateDirectory directory, StatusJson json, Clock clock) {
        this.books = new RepositoryDocument<>(directory, "statuses", StatusBook.class, StatusBook.EMPTY);
        this.json = json;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        String commit = Route.REPOSITORY + "/commits/{ref...}";
        String older = Route.REPOSITORY + "/statuses/{ref}";
        return List.of(
                Route.of("POST", Route.REPOSITORY + "/statuses/{sha}", "statuses", Access.WRITE, this::create),
                Route.of("GET", older, "statuses", Access.READ, this::list),
                Route.of("GET", commit + "/statuses", "statuses", Access.READ, this::list),
                Route.of("GET", commit + "/status", "statuses", Access.READ, this::combined));
    }

    /** {@code POST statuses/{sha}}. */
    public Response create(Request request) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        String sha = Commits.existing(repository, request.path().get("sha"));
        Fields fields = Fields.of(request, RESOURCE);
        String state = fields.needed("state");
        if (!state.matches("error|failure|pending|success")) {
            throw ApiException.invalid(
                    new FieldError(RESOURCE, "state", "custom", "state is not included in the list"));
        }
        String context = fields.text("context").filter(text -> !text.isEmpty()).orElse("default");
        Optional<String> description = fields.text("description");
        if (description.filter(text -> text.length() > LONGEST).isPresent()) {
            throw ApiException.invalid(new FieldError(
                    RESOURCE, "description", "custom", "description is too long (maximum is 140 characters)"));
        }
        Optional<String> target = fields.text("target_url").filter(text -> !text.isEmpty());
        if (target.filter(text -> !text.matches("https?://.+")).isPresent()) {
            throw ApiException.invalid(
                    new FieldError(RESOURCE, "target_url", "custom", "target_url must use http(s) scheme"));
        }
        long before = books.of(repository.name()).of(sha).stream()
                .filter(status -> status.context().equals(context))
                .count();
        if (before >= MOST) {
            throw ApiException.invalid(
                    FieldError.custom(RESOURCE, "This SHA and context has reached the maximum number of statuses."));
        }
        StatusBook book = books.update(
                repository.name(),
                old -> old.with(new StatusRecord(
                        old.nextId(),
                        sha,
                        state,
                        context,
                        description.orElse(null),
                        target.orElse(null),
                        request.caller().login(),
                        clock.instant())));
        return Response.json(201, json.status(repository, book.statuses().get(0)));
    }

    /** {@code GET commits/{ref}/statuses}, and the same where they are written, newest first. */
    public Response list(Request request) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        String ref = request.path().get("ref");
        List<StatusRecord> all = books.of(repository.name()).of(Commits.of(repository, ref));
        Page page = Page.of(request);
        ArrayNode list = Json.array();
        page.of(all).forEach(status -> list.add(json.status(repository, status)));
        String url = json.commitUrl(repository, ref) + "/statuses";
        return page.link(Response.ok(list), url, request.query(), all.size());
    }

    /** {@code GET commits/{ref}/status}: all contexts taken together. */
    public Response combined(Request request) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        String ref = request.path().get("ref");
        String sha = Commits.of(repository, ref);
        List<StatusRecord> all = books.of(repository.name()).latest(sha);
        Page page = Page.of(request);
        return page.link(
                Response.ok(json.combined(repository, sha, all, page.of(all))),
                json.commitUrl(repository, ref) + "/status",
                request.query(),
                all.size());
    }
}
