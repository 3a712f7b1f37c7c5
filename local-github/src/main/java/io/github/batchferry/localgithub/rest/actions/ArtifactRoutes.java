package io.github.batchferry.localgithub.rest.actions;

import io.github.batchferry.localgithub.artifacts.ArtifactRecord;
import io.github.batchferry.localgithub.artifacts.ArtifactStore;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.http.TemporaryLinks;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The artifacts of runs. */
public final class ArtifactRoutes implements Routes {
    private final ArtifactStore artifacts;
    private final RunLookup lookup;
    private final RepositoryJson repositories;
    private final ArtifactJson json;
    private final TemporaryLinks links;
    private final Clock clock;

    public ArtifactRoutes(
            ArtifactStore artifacts,
            RunLookup lookup,
            RepositoryJson repositories,
            ArtifactJson json,
            TemporaryLinks links,
            Clock clock) {
        this.artifacts = artifacts;
        this.lookup = lookup;
        this.repositories = repositories;
        this.json = json;
        this.links = links;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        String all = Route.REPOSITORY + "/actions/artifacts";
        return List.of(
                read(Route.REPOSITORY + "/actions/runs/{run}/artifacts", this::ofRun),
                read(all, this::ofRepository),
                read(all + "/{artifact}", this::get),
                read(all + "/{artifact}/{format}", this::download),
                Route.of("DELETE", all + "/{artifact}", "actions", Access.WRITE, this::delete));
    }

    private static Route read(String path, Route.Handler handler) {
        return Route.of("GET", path, "actions", Access.READ, handler);
    }

    /** {@code GET actions/runs/{run}/artifacts}, newest first unless {@code direction} is asc. */
    public Response ofRun(Request request) throws IOException, ApiException {
        long run = lookup.run(request).id();
        List<ArtifactRecord> all = new ArrayList<>(artifacts.ofRun(run));
        String direction = request.parameter("direction").orElse("desc");
        switch (direction) {
            case "desc" -> {}
            case "asc" -> Collections.reverse(all);
            default ->
                throw ApiException.unprocessable(
                        "cannot sort artifacts in direction `" + direction + "`: expected `asc` or `desc`");
        }
        return list(request, "/actions/runs/" + run + "/artifacts", all);
    }

    /** {@code GET actions/artifacts}. */
    public Response ofRepository(Request request) throws IOException {
        return list(
                request, "/actions/artifacts", artifacts.of(request.repository().name()));
    }

    private Response list(Request request, String path, List<ArtifactRecord> all) throws IOException {
        List<ArtifactRecord> named = all.stream()
                .filter(each ->
                        request.parameter("name").map(each.name()::equals).orElse(true))
                .toList();
        return new Listing("artifacts", repositories.url(request.repository()) + path)
                .of(request, named, each -> json.artifact(request.repository(), each));
    }

    private ArtifactRecord find(Request request) throws ApiException {
        return artifacts
                .find(request.id("artifact"))
                .filter(each -> each.repository().equals(request.repository().name()))
                .orElseThrow(ApiException::notFound);
    }

    /** {@code GET actions/artifacts/{artifact}}. */
    public Response get(Request request) throws ApiException {
        return Response.ok(json.artifact(request.repository(), find(request)));
    }

    /** {@code GET actions/artifacts/{artifact}/zip}: 302 to the bytes, 410 when they are gone. */
    public Response download(Request request) throws ApiException {
        ArtifactRecord artifact = find(request);
        if (!request.path().get("format").equals("zip")) {
            throw ApiException.notFound();
        }
        if (artifact.expired(clock.instant())) {
            throw new ApiException(410, "Artifact has expired");
        }
        String name = Paths.encode(artifact.name()) + ".zip";
        return Response.empty(302)
                .with(
                        "Location",
                        links.create(() -> Response.bytes(
                                        "application/zip", artifact.sizeInBytes(), () -> artifacts.open(artifact))
                                .with("Content-Disposition", "attachment; filename*=UTF-8''" + name)));
    }

    /** {@code DELETE actions/artifacts/{artifact}}. */
    public Response delete(Request request) throws IOException, ApiException {
        artifacts.delete(find(request).id());
        return Response.empty(204);
    }
}
