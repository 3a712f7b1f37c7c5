package io.github.batchferry.localgithub.rest.pulls;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.collaboration.Proposal;
import io.github.batchferry.localgithub.collaboration.PullRequest;
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
import io.github.batchferry.localgithub.rest.issues.IssueFields;
import io.github.batchferry.localgithub.rest.shape.DiffAnswer;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Pull requests from one branch of a repository to another. */
public final class PullRoutes implements Routes {
    private final RepositoryDocument<IssueBook> books;
    private final RepositoryDocument<RepositorySettings> settings;
    private final PullRequests pulls;
    private final RepositoryJson repositories;
    private final PullJson json;
    private final Clock clock;

    public PullRoutes(
            RepositoryDocument<IssueBook> books,
            RepositoryDocument<RepositorySettings> settings,
            PullRequests pulls,
            RepositoryJson repositories,
            PullJson json,
            Clock clock) {
        this.books = books;
        this.settings = settings;
        this.pulls = pulls;
        this.repositories = repositories;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", PullCall.PULLS, PullCall.SCOPE, Access.READ, this::list),
                Route.of("POST", PullCall.PULLS, PullCall.SCOPE, Access.WRITE, this::create),
                Route.of("GET", PullCall.PULL, PullCall.SCOPE, Access.READ, this::pull),
                Route.of("PATCH", PullCall.PULL, PullCall.SCOPE, Access.WRITE, this::update));
    }

    /** {@code GET /repos/{owner}/{repo}/pulls}. */
    public Response list(Request request) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        IssueBook book = pulls.look(repository);
        List<Issue> found = new PullFilter(request, book).pulls();
        Page page = Page.of(request);
        ArrayNode list = Json.array();
        for (Issue issue : page.of(found)) {
            list.add(json.simple(repository, book, issue));
        }
        String url = repositories.url(repository) + "/pulls";
        return page.link(Response.ok(list), url, request.query(), found.size());
    }

    /** {@code GET /repos/{owner}/{repo}/pulls/{number}}, as JSON or as a diff. */
    public Response pull(Request request) throws IOException, ApiException {
        IssueBook book = pulls.look(request.repository());
        Issue issue = PullCall.pull(request, book);
        Proposal proposal = new Proposal(request.repository(), issue.pull());
        Optional<Response> diff = DiffAnswer.of(
                request, request.repository(), proposal.fork(), issue.pull().headCommit());
        return diff.isPresent() ? diff.get() : Response.ok(json.full(request.repository(), book, issue));
    }

    /** {@code POST /repos/{owner}/{repo}/pulls}. */
    public Response create(Request request) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        if (PullCall.isMereJob(request, settings.of(repository.name()))) {
            throw new ApiException(403, "GitHub Actions is not permitted to create or approve pull requests.");
        }
        Fields body = Fields.of(request, PullCall.RESOURCE);
        pulls.lock().lock();
        try {
            PullRequest pull = new PullCreation(repository, pulls.look(repository)).of(body);
            String title = IssueFields.title(body, PullCall.RESOURCE)
                    .orElseThrow(
                            () -> ApiException.invalid(FieldError.of(PullCall.RESOURCE, "title", "missing_field")));
            String text = IssueFields.text(body, PullCall.RESOURCE).orElse(null);
            String author = request.caller().login();
            IssueBook book = books.update(
                    repository.name(),
                    before -> before.opened(title, text, author, List.of(), List.of(), pull, clock.instant()));
            ObjectNode created =
                    json.full(repository, book, book.issue(book.lastNumber()).orElseThrow());
            return Response.json(201, created)
                    .with("Location", created.path("url").asText());
        } finally {
            pulls.lock().unlock();
        }
    }

    /** {@code PATCH /repos/{owner}/{repo}/pulls/{number}}. */
    public Response update(Request request) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        Fields body = Fields.orNone(request, PullCall.RESOURCE);
        pulls.lock().lock();
        try {
            IssueBook book = pulls.look(repository);
            Issue issue = PullCall.pull(request, book);
            PullUpdate update = new PullUpdate(repository, book, issue, clock.instant());
            var change = update.of(body, request.caller().login());
            IssueBook after = books.update(repository.name(), before -> before.changed(issue.number(), change));
            return Response.ok(
                    json.full(repository, after, after.issue(issue.number()).orElseThrow()));
        } finally {
            pulls.lock().unlock();
        }
    }
}
