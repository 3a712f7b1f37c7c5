package io.github.batchferry.localgithub.rest.repository;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.Repositories;
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
import io.github.batchferry.localgithub.rest.shape.Signatures;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.RepositoryProfile;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.PersonIdent;

/** The user's repositories: which there are, and new ones, of the user and of any organisation. */
public final class RepositoryListRoutes implements Routes {
    /** In the list of an owner's repositories, GitHub leaves out how they take changes. */
    private static final List<String> NOT_TOLD_OF_OTHERS = List.of(
            "allow_merge_commit",
            "allow_squash_merge",
            "allow_rebase_merge",
            "allow_auto_merge",
            "allow_update_branch");

    private final String server;
    private final Repositories repositories;
    private final RepositoryDocument<RepositoryProfile> profiles;
    private final RepositoryJson json;
    private final Signatures signatures;
    private final Clock clock;

    public RepositoryListRoutes(
            String server,
            Repositories repositories,
            RepositoryDocument<RepositoryProfile> profiles,
            RepositoryJson json,
            Signatures signatures,
            Clock clock) {
        this.server = server;
        this.repositories = repositories;
        this.profiles = profiles;
        this.json = json;
        this.signatures = signatures;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/user/repos", Route.ANY_USE, Access.NONE, this::list),
                Route.of("POST", "/user/repos", Route.ANY_USE, Access.NONE, this::createOwn),
                Route.of("GET", "/orgs/{org}/repos", Route.ANY_USE, Access.NONE, this::listOfOwner),
                Route.of("POST", "/orgs/{org}/repos", Route.ANY_USE, Access.NONE, this::createOfOwner));
    }

    private static void user(Request request) throws ApiException {
        if (!(request.caller() instanceof Caller.User)) {
            throw ApiException.forbidden();
        }
    }

    /** {@code GET /user/repos}: all there are, of all owners. */
    public Response list(Request request) throws IOException, ApiException {
        user(request);
        return page(request, repositories.all(), RepositoryOrder.of(request, "full_name"), "/user/repos", List.of());
    }

    /** {@code GET /orgs/{org}/repos}. */
    public Response listOfOwner(Request request) throws IOException, ApiException {
        user(request);
        String owner = request.path().get("org");
        List<HostedRepository> found = repositories.all().stream()
                .filter(repository -> repository.name().owner().equals(owner))
                .toList();
        String path = "/orgs/" + owner + "/repos";
        return page(request, found, RepositoryOrder.of(request, "created"), path, NOT_TOLD_OF_OTHERS);
    }

    private Response page(
            Request request, List<HostedRepository> found, RepositoryOrder order, String path, List<String> without)
            throws IOException {
        Page page = Page.of(request);
        ArrayNode list = Json.array();
        for (HostedRepository repository : page.of(order.sort(found))) {
            list.add(json.full(repository, true).without(without));
        }
        return page.link(Response.ok(list), server + path, request.query(), found.size());
    }

    /** {@code POST /user/repos}. */
    public Response createOwn(Request request) throws IOException, ApiException {
        user(request);
        return create(request, request.caller().login());
    }

    /** {@code POST /orgs/{org}/repos}; every organisation is there. */
    public Response createOfOwner(Request request) throws IOException, ApiException {
        user(request);
        return create(request, request.path().get("org"));
    }

    private Response create(Request request, String owner) throws IOException, ApiException {
        Fields body = Fields.of(request, "Repository");
        // what a name cannot hold becomes a hyphen, as on github.com
        String name = body.needed("name").replaceAll("[^A-Za-z0-9._-]+", "-");
        if (!RepositoryName.valid(owner, name)) {
            throw failed(new FieldError("Repository", "name", "invalid", "name is not one that a repository can have"));
        }
        RepositoryName full = new RepositoryName(owner, name);
        RepositoryProfile profile = ProfileChange.of(body, RepositoryProfile.NEW, clock.instant());
        boolean initial = body.flag("auto_init").orElse(false);
        if (!repositories.create(full)) {
            throw failed(new FieldError("Repository", "name", "custom", "name already exists on this account"));
        }
        profiles.update(full, before -> profile);
        HostedRepository created = repositories.find(full).orElseThrow();
        if (initial) {
            begin(created, profile, signatures.caller(request));
        }
        return Response.json(201, json.full(created, true)).with("Location", json.url(created));
    }

    private static ApiException failed(FieldError error) {
        return ApiException.unprocessable("Repository creation failed.", error);
    }

    private void begin(HostedRepository repository, RepositoryProfile profile, PersonIdent author) throws IOException {
        String text = "# " + repository.name().name() + "\n"
                + Optional.ofNullable(profile.description())
                        .map(description -> description + "\n")
                        .orElse("");
        repository.files().begin("README.md", text.getBytes(StandardCharsets.UTF_8), author);
    }
}
