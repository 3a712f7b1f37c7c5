package io.github.batchferry.localgithub.releases;

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
import io.github.batchferry.localgithub.http.TemporaryLinks;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.server.Addresses;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The files of releases. */
public final class AssetRoutes implements Routes {
    private final Releases releases;
    private final ReleaseJson json;
    private final TemporaryLinks links;
    private final Clock clock;

    public AssetRoutes(Releases releases, ReleaseJson json, TemporaryLinks links, Clock clock) {
        this.releases = releases;
        this.json = json;
        this.links = links;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        String base = Route.REPOSITORY + "/releases";
        String ofRelease = base + "/{release}/assets";
        String one = base + "/assets/{asset}";
        return List.of(
                Route.of("POST", "/" + Addresses.UPLOADS + ofRelease, "contents", Access.WRITE, this::upload)
                        .forUploads(),
                Route.of("GET", ofRelease, "contents", Access.READ, this::list),
                Route.of("GET", one, "contents", Access.READ, this::get),
                Route.of("PATCH", one, "contents", Access.WRITE, this::update),
                Route.of("DELETE", one, "contents", Access.WRITE, this::delete),
                Route.of(
                        "GET",
                        "/{owner}/{repo}/releases/download/{tag...}/{name}",
                        "contents",
                        Access.READ,
                        this::download));
    }

    /** A file and the release it belongs to. */
    private record Found(ReleaseRecord release, AssetRecord asset) {}

    private Found find(Request request) throws ApiException {
        long id = request.id("asset");
        ReleaseRecord release = releases.of(request.repository())
                .ofAsset(id)
                .filter(each -> ReleaseRoutes.isVisible(request, each))
                .orElseThrow(ApiException::notFound);
        return new Found(
                release,
                release.assets().stream()
                        .filter(asset -> asset.id() == id)
                        .findFirst()
                        .orElseThrow());
    }

    /** {@code POST releases/{release}/assets}, at the address for uploads. */
    public Response upload(Request request) throws IOException, ApiException {
        AssetFiles.Arrived arrived = releases.files().receive(request.upload());
        try {
            HostedRepository repository = request.repository();
            AssetRecord asset = releases.add(repository, request.id("release"), described(request, arrived), arrived);
            ReleaseRecord release = releases.of(repository).ofAsset(asset.id()).orElseThrow(ApiException::notFound);
            return Response.json(201, json.asset(repository, release, asset));
        } finally {
            releases.files().discard(arrived);
        }
    }

    private static AssetRecord described(Request request, AssetFiles.Arrived arrived) throws ApiException {
        if (arrived.size() == 0) {
            throw new ApiException(400, "Bad Content-Length: ");
        }
        if (arrived.size() > AssetFiles.LARGEST) {
            throw ApiException.invalid(new FieldError(
                    "ReleaseAsset", "size", "custom", "size must be less than or equal to " + AssetFiles.LARGEST));
        }
        String name = request.parameter("name")
                .orElseThrow(() -> ApiException.invalid(FieldError.of("ReleaseAsset", "name", "missing_field")));
        String type = request.header("content-type");
        return new AssetRecord(
                0,
                storable(name),
                request.parameter("label").orElse(""),
                type.isEmpty() ? "application/octet-stream" : type,
                0,
                "",
                0,
                request.caller().login(),
                null,
                null);
    }

    /** GitHub replaces what could trouble somebody in a file name by dots. */
    private static String storable(String name) {
        return name.replaceAll("[^A-Za-z0-9._+@-]+", ".");
    }

    /** {@code GET releases/{release}/assets}. */
    public Response list(Request request) throws ApiException {
        HostedRepository repository = request.repository();
        ReleaseRecord release = releases.of(repository)
                .find(request.id("release"))
                .filter(found -> ReleaseRoutes.isVisible(request, found))
                .orElseThrow(ApiException::notFound);
        Page page = Page.of(request);
        ArrayNode list = Json.array();
        page.of(release.assets()).forEach(asset -> list.add(json.asset(repository, release, asset)));
        String url = json.url(repository) + "/" + release.id() + "/assets";
        return page.link(
                Response.ok(list), url, request.query(), release.assets().size());
    }

    /** {@code GET releases/assets/{asset}}: what is known of it, or, if bytes are asked for, where they are. */
    public Response get(Request request) throws ApiException {
        Found found = find(request);
        if (request.accept().contains("application/octet-stream")) {
            return link(request.repository(), found.asset);
        }
        return Response.ok(json.asset(request.repository(), found.release, found.asset));
    }

    /** {@code GET /{owner}/{repo}/releases/download/{tag}/{name}}, as people's links have it. */
    public Response download(Request request) throws ApiException {
        AssetRecord asset = releases.of(request.repository())
                .ofSlug(request.path().get("tag"))
                .filter(release -> ReleaseRoutes.isVisible(request, release))
                .flatMap(release -> release.asset(request.path().get("name")))
                .orElseThrow(ApiException::notFound);
        return link(request.repository(), asset);
    }

    private Response link(HostedRepository repository, AssetRecord asset) {
        Path file = releases.files().file(repository.name(), asset.id());
        releases.change(repository, asset.downloaded());
        String link =
                links.create(() -> Response.bytes(asset.contentType(), asset.size(), () -> Files.newInputStream(file))
                        .with("Content-Disposition", "attachment; filename=" + asset.name()));
        return Response.empty(302).with("Location", link);
    }

    /** {@code PATCH releases/assets/{asset}}. */
    public Response update(Request request) throws ApiException {
        Found found = find(request);
        Fields fields = Fields.orNone(request, "ReleaseAsset");
        String name = storable(fields.text("name").orElse(found.asset.name()));
        Releases.refuseTaken(found.release, name, found.asset.id());
        AssetRecord changed =
                found.asset.named(name, fields.text("label").orElse(found.asset.label()), clock.instant());
        releases.change(request.repository(), changed);
        return Response.ok(json.asset(request.repository(), found.release, changed));
    }

    /** {@code DELETE releases/assets/{asset}}. */
    public Response delete(Request request) throws IOException, ApiException {
        Found found = find(request);
        releases.delete(request.repository(), found.release, found.asset);
        return Response.empty(204);
    }
}
