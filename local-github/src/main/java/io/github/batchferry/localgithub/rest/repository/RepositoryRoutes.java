package io.github.batchferry.localgithub.rest.repository;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.artifacts.ArtifactRecord;
import io.github.batchferry.localgithub.artifacts.ArtifactStore;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.Repositories;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.FieldError;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositoryProfile;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import io.github.batchferry.localgithub.store.StableId;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Single repositories: their facts, their settings, their end. */
public final class RepositoryRoutes implements Routes {
    private static final String ADMINISTRATION = "administration";

    private final Repositories repositories;
    private final RepositoryDocument<RepositoryProfile> profiles;
    private final RunStore runs;
    private final ArtifactStore artifacts;
    private final RepositoryJson json;
    private final Clock clock;

    public RepositoryRoutes(
            Repositories repositories,
            RepositoryDocument<RepositoryProfile> profiles,
            RunStore runs,
            ArtifactStore artifacts,
            RepositoryJson json,
            Clock clock) {
        this.repositories = repositories;
        this.profiles = profiles;
        this.runs = runs;
        this.artifacts = artifacts;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", Route.REPOSITORY, Route.ANY_USE, Access.NONE, this::repository),
                Route.of("PATCH", Route.REPOSITORY, ADMINISTRATION, Access.WRITE, this::update),
                Route.of("DELETE", Route.REPOSITORY, ADMINISTRATION, Access.WRITE, this::delete),
                Route.of("GET", "/repositories/{id}", Route.ANY_USE, Access.NONE, this::byId));
    }

    /** {@code GET /repos/{owner}/{repo}}. */
    public Response repository(Request request) throws IOException {
        return Response.ok(full(request.caller(), request.repository()));
    }

    private ObjectNode full(Caller caller, HostedRepository repository) throws IOException {
        return json.full(repository, caller.may(repository.name(), "contents", Access.WRITE));
    }

    /** {@code GET /repositories/{id}}. */
    public Response byId(Request request) throws IOException, ApiException {
        long id = request.id("id");
        for (HostedRepository repository : repositories.all()) {
            if (StableId.of(repository.name().toString()) == id
                    && request.caller().sees(repository.name())) {
                return Response.ok(full(request.caller(), repository));
            }
        }
        throw ApiException.notFound();
    }

    /** {@code PATCH /repos/{owner}/{repo}}. */
    public Response update(Request request) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        Fields body = Fields.of(request, "Repository");
        Optional<String> name = body.text("name");
        if (name.isPresent() && !name.get().equals(repository.name().name())) {
            throw body.invalid("name", "the embedded GitHub does not rename repositories; leave `name` out");
        }
        RepositoryProfile profile = ProfileChange.of(body, profiles.of(repository.name()), clock.instant());
        Optional<String> branch = body.text("default_branch");
        if (branch.isPresent() && !branch.get().equals(repository.defaultBranch())) {
            defaultBranch(repository, branch.get());
        }
        profiles.update(repository.name(), before -> profile);
        return Response.ok(full(request.caller(), repository));
    }

    private static void defaultBranch(HostedRepository repository, String branch) throws IOException, ApiException {
        if (repository.isEmpty()) {
            throw ApiException.unprocessable("Cannot update default branch for an empty repository. Please init the"
                    + " repository and push first.");
        }
        if (!repository.changeDefaultBranch(branch)) {
            throw ApiException.invalid(new FieldError(
                    "Repository",
                    "default_branch",
                    "invalid",
                    "The branch " + branch + " was not found. Please push that ref first or create it via the Git Data"
                            + " API."));
        }
    }

    /** {@code DELETE /repos/{owner}/{repo}}, with all its runs; not while one of them goes on. */
    public Response delete(Request request) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        List<Long> ids = runs.of(repository.name()).map(RunRecord::id).toList();
        if (!runs.forget(repository.name())) {
            throw new ApiException(
                    409, "runs of this repository go on; cancel them, and delete it when they have ended");
        }
        for (long run : ids) {
            for (ArtifactRecord artifact : artifacts.ofRun(run)) {
                artifacts.delete(artifact.id());
            }
        }
        repositories.delete(repository.name());
        return Response.empty(204);
    }
}
