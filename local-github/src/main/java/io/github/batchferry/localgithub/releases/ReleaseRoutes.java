package io.github.batchferry.localgithub.releases;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Page;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Releases. Drafts are there only for those who may push. */
public final class ReleaseRoutes implements Routes {
    private final Releases releases;
    private final ReleaseJson json;
    private final ReleaseNotes notes;

    public ReleaseRoutes(Releases releases, ReleaseJson json, ReleaseNotes notes) {
        this.releases = releases;
        this.json = json;
        this.notes = notes;
    }

    @Override
    public List<Route> routes() {
        String base = Route.REPOSITORY + "/releases";
        return List.of(
                Route.of("GET", base, "contents", Access.READ, this::list),
                Route.of("POST", base, "contents", Access.WRITE, this::create),
                Route.of("POST", base + "/generate-notes", "contents", Access.WRITE, this::generateNotes),
                Route.of("GET", base + "/latest", "contents", Access.READ, this::latest),
                Route.of("GET", base + "/tags/{tag...}", "contents", Access.READ, this::ofTag),
                Route.of("GET", base + "/{release}", "contents", Access.READ, this::get),
                Route.of("PATCH", base + "/{release}", "contents", Access.WRITE, this::update),
                Route.of("DELETE", base + "/{release}", "contents", Access.WRITE, this::delete));
    }

    /** {@code GET releases}. */
    public Response list(Request request) {
        HostedRepository repository = request.repository();
        List<ReleaseRecord> all = releases.of(repository).releases().stream()
                .filter(release -> isVisible(request, release))
                .toList();
        Page page = Page.of(request);
        ArrayNode list = Json.array();
        page.of(all).forEach(release -> list.add(json.release(repository, release)));
        return page.link(Response.ok(list), json.url(repository), request.query(), all.size());
    }

    static boolean isVisible(Request request, ReleaseRecord release) {
        return !release.draft() || request.caller().may(request.repository().name(), "contents", Access.WRITE);
    }

    private ReleaseRecord find(Request request) throws ApiException {
        return releases.of(request.repository())
                .find(request.id("release"))
                .filter(release -> isVisible(request, release))
                .orElseThrow(ApiException::notFound);
    }

    /** {@code GET releases/{release}}. */
    public Response get(Request request) throws ApiException {
        return Response.ok(json.release(request.repository(), find(request)));
    }

    /** {@code GET releases/latest}. */
    public Response latest(Request request) throws ApiException {
        return answer(request, releases.of(request.repository()).latest());
    }

    /** {@code GET releases/tags/{tag}}. */
    public Response ofTag(Request request) throws ApiException {
        return answer(
                request, releases.of(request.repository()).ofTag(request.path().get("tag")));
    }

    private Response answer(Request request, Optional<ReleaseRecord> release) throws ApiException {
        return Response.ok(json.release(request.repository(), release.orElseThrow(ApiException::notFound)));
    }

    /** {@code POST releases}. */
    public Response create(Request request) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        ReleaseChange change = ReleaseChange.of(request, true);
        String text = change.notes() ? notes.text(repository, change.tag().orElseThrow(), Optional.empty()) : "";
        ReleaseRecord release =
                releases.create(repository, change, text, request.caller().login());
        return Response.json(201, json.release(repository, release))
                .with("Location", json.url(repository) + "/" + release.id());
    }

    /** {@code POST releases/generate-notes}. */
    public Response generateNotes(Request request) throws ApiException {
        Fields fields = Fields.of(request, "Release");
        String tag = fields.needed("tag_name");
        return Response.ok(Json.object()
                .put("name", tag)
                .put("body", notes.text(request.repository(), tag, fields.text("previous_tag_name"))));
    }

    /** {@code PATCH releases/{release}}. */
    public Response update(Request request) throws IOException, ApiException {
        ReleaseRecord release = find(request);
        ReleaseChange change = ReleaseChange.of(request, false);
        return Response.ok(json.release(request.repository(), releases.update(request.repository(), release, change)));
    }

    /** {@code DELETE releases/{release}}. */
    public Response delete(Request request) throws IOException, ApiException {
        releases.delete(request.repository(), find(request));
        return Response.empty(204);
    }
}
