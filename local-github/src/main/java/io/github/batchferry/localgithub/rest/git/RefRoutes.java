package io.github.batchferry.localgithub.rest.git;

import io.github.batchferry.localgithub.collaboration.PullRequests;
import io.github.batchferry.localgithub.hosting.BranchRules;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.RefChange;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/** Branches and tags as refs. In paths they stand without {@code refs/}, in bodies with it. */
public final class RefRoutes implements Routes {
    private static final String GIT = Route.REPOSITORY + "/git";

    private final RefJson json;
    private final RepositoryJson repositories;
    private final RepositoryDocument<RepositorySettings> settings;
    private final PullRequests pulls;

    public RefRoutes(RepositoryJson repositories, RepositoryDocument<RepositorySettings> settings, PullRequests pulls) {
        this.json = new RefJson(repositories);
        this.repositories = repositories;
        this.settings = settings;
        this.pulls = pulls;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("POST", GIT + "/refs", "contents", Access.WRITE, this::create),
                Route.of("GET", GIT + "/ref/{ref...}", "contents", Access.READ, this::ref),
                Route.of("GET", GIT + "/matching-refs/{ref...}", "contents", Access.READ, this::matching),
                Route.of("GET", GIT + "/refs/{ref...}", "contents", Access.READ, this::refOrFolder),
                Route.of("PATCH", GIT + "/refs/{ref...}", "contents", Access.WRITE, this::update),
                Route.of("DELETE", GIT + "/refs/{ref...}", "contents", Access.WRITE, this::delete));
    }

    private static String name(Request request) {
        String ref = request.path().get("ref");
        return ref.startsWith(Constants.R_REFS) ? ref : Constants.R_REFS + ref;
    }

    /** {@code GET /repos/{owner}/{repo}/git/ref/{ref}}. */
    public Response ref(Request request) throws IOException, ApiException {
        HostedRepository repository = GitCall.filled(request);
        Ref ref = repository.refs().find(name(request)).orElseThrow(ApiException::notFound);
        return Response.ok(json.one(repository, ref));
    }

    /** {@code GET /repos/{owner}/{repo}/git/matching-refs/{ref}}. */
    public Response matching(Request request) throws IOException, ApiException {
        HostedRepository repository = GitCall.filled(request);
        return Response.ok(json.all(repository, repository.refs().startingWith(name(request))));
    }

    /**
     * {@code GET /repos/{owner}/{repo}/git/refs/{ref}}, which is not documented any more: the ref itself, or all refs
     * that begin so.
     */
    public Response refOrFolder(Request request) throws IOException, ApiException {
        HostedRepository repository = GitCall.filled(request);
        Optional<Ref> exact = repository.refs().find(name(request));
        if (exact.isPresent()) {
            return Response.ok(json.one(repository, exact.get()));
        }
        List<Ref> found = repository.refs().startingWith(name(request));
        if (found.isEmpty()) {
            throw ApiException.notFound();
        }
        return Response.ok(json.all(repository, found));
    }

    /** {@code POST /repos/{owner}/{repo}/git/refs}. */
    public Response create(Request request) throws IOException, ApiException {
        HostedRepository repository = GitCall.filled(request);
        Fields body = Fields.of(request, "Reference");
        String name = body.needed("ref");
        String sha = body.needed("sha");
        if (!name.startsWith(Constants.R_REFS) || name.split("/").length < 3) {
            throw ApiException.unprocessable("Reference name must start with 'refs/' and have at least two slashes.");
        }
        if (!Repository.isValidRefName(name)) {
            throw ApiException.unprocessable(name + " is not a valid ref name.");
        }
        target(repository, name, sha);
        done(repository.refs().create(name, sha));
        Ref created = repository.refs().find(name).orElseThrow(ApiException::notFound);
        String url = repositories.url(repository) + "/git/" + name;
        return Response.json(201, json.one(repository, created)).with("Location", url);
    }

    /** {@code PATCH /repos/{owner}/{repo}/git/refs/{ref}}. */
    public Response update(Request request) throws IOException, ApiException {
        HostedRepository repository = GitCall.filled(request);
        Fields body = Fields.of(request, "Reference");
        String sha = body.needed("sha");
        boolean force = body.flag("force").orElse(false);
        String name = name(request);
        target(repository, name, sha);
        Optional<String> rule = rules(repository).againstForce(name);
        pulls.look(repository);
        RefChange change = repository.refs().move(name, sha, force && rule.isEmpty());
        if (force && change == RefChange.NOT_FAST_FORWARD) {
            throw ApiException.unprocessable(rule.orElseThrow());
        }
        done(change);
        Ref moved = repository.refs().find(name).orElseThrow(ApiException::notFound);
        return Response.ok(json.one(repository, moved));
    }

    /** {@code DELETE /repos/{owner}/{repo}/git/refs/{ref}}. */
    public Response delete(Request request) throws IOException, ApiException {
        HostedRepository repository = GitCall.filled(request);
        String name = name(request);
        Optional<String> rule = rules(repository).againstDeletion(name);
        if (rule.isPresent() && repository.refs().find(name).isPresent()) {
            throw ApiException.unprocessable(rule.get());
        }
        pulls.look(repository);
        done(repository.refs().delete(name));
        return Response.empty(204);
    }

    private BranchRules rules(HostedRepository repository) throws IOException {
        return new BranchRules(
                repository.defaultBranch(), settings.of(repository.name()).protectedBranches());
    }

    private static void target(HostedRepository repository, String name, String sha) throws IOException, ApiException {
        Optional<String> kind = repository.objects().kind(sha);
        if (kind.isEmpty()) {
            throw ApiException.unprocessable("Object does not exist");
        }
        if (name.startsWith(Constants.R_HEADS) && !kind.get().equals(Constants.TYPE_COMMIT)) {
            throw ApiException.unprocessable("Object is not a commit");
        }
    }

    private static void done(RefChange change) throws ApiException {
        switch (change) {
            case DONE -> {}
            case EXISTS -> throw ApiException.unprocessable("Reference already exists");
            case MISSING -> throw ApiException.unprocessable("Reference does not exist");
            case NOT_FAST_FORWARD -> throw ApiException.unprocessable("Update is not a fast forward");
            case CONFLICT -> throw ApiException.unprocessable("Reference cannot be updated");
        }
    }
}
