package io.github.batchferry.localgithub.rest.content;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.TreeEntry;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.http.TemporaryLinks;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.Base64;
import java.util.List;

/** Repositories and the files in them. */
public final class ContentRoutes implements Routes {
    private static final long LARGEST_IN_JSON = 1 << 20;
    private static final long LARGEST = 100L << 20;

    private final RepositoryJson repositories;
    private final TemporaryLinks links;

    public ContentRoutes(RepositoryJson repositories, TemporaryLinks links) {
        this.repositories = repositories;
        this.links = links;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", Route.REPOSITORY, Route.ANY_USE, Access.NONE, this::repository),
                Route.of("GET", Route.REPOSITORY + "/contents/{path...}", "contents", Access.READ, this::contents));
    }

    /** {@code GET /repos/{owner}/{repo}}. */
    public Response repository(Request request) throws IOException {
        Caller caller = request.caller();
        boolean mayPush = caller.may(request.repository().name(), "contents", Access.WRITE);
        return Response.ok(repositories.full(request.repository(), mayPush));
    }

    /** {@code GET /repos/{owner}/{repo}/contents/{path}}. */
    public Response contents(Request request) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        String path = request.path().get("path");
        String commit = repository
                .commitOf(request.parameter("ref"))
                .orElseThrow(() -> new ApiException(
                        404,
                        request.parameter("ref")
                                .map(ref -> "No commit found for the ref " + ref)
                                .orElse("This repository is empty.")));
        TreeEntry entry = repository.entry(commit, path).orElseThrow(ApiException::notFound);
        if (entry instanceof TreeEntry.Directory directory) {
            return directory(request, directory, commit);
        }
        if (entry instanceof TreeEntry.File file) {
            return file(request, file, commit);
        }
        return Response.ok(common(repository, entry, commit));
    }

    private Response directory(Request request, TreeEntry.Directory directory, String commit) {
        ArrayNode entries = Json.array();
        directory.children().forEach(child -> entries.add(common(request.repository(), child, commit)));
        if (!request.accept().contains("object")) {
            return Response.ok(entries);
        }
        ObjectNode tree = common(request.repository(), directory, commit);
        tree.set("entries", entries);
        return Response.ok(tree);
    }

    private Response file(Request request, TreeEntry.File file, String commit) throws IOException, ApiException {
        if (file.size() > LARGEST) {
            throw new ApiException(
                    403,
                    "This API returns blobs up to 100 MB in size. The requested blob is too large to"
                            + " fetch via the API, but you can always clone the repository via git.");
        }
        String etag = "\"" + file.sha() + "\"";
        if (request.accept().contains(".raw")) {
            return raw(request.repository(), file, "application/vnd.github.raw+json; charset=utf-8")
                    .with("ETag", etag);
        }
        boolean whole = file.size() <= LARGEST_IN_JSON;
        ObjectNode json = common(request.repository(), file, commit)
                .put("encoding", whole ? "base64" : "none")
                .put("content", whole ? base64(request.repository().read(file)) : "");
        json.put("download_url", links.create(() -> raw(request.repository(), file, "application/octet-stream")));
        return Response.ok(json).with("ETag", "W/\"" + commit + "-" + file.sha() + "\"");
    }

    private static Response raw(HostedRepository repository, TreeEntry.File file, String contentType) {
        return Response.bytes(contentType, file.size(), () -> repository.open(file));
    }

    /** Base64 in lines of 60 characters, each with its line feed, as GitHub writes it. */
    private static String base64(byte[] content) {
        byte[] lineFeed = {'\n'};
        String lines = Base64.getMimeEncoder(60, lineFeed).encodeToString(content);
        return lines.isEmpty() ? "" : lines + "\n";
    }

    private ObjectNode common(HostedRepository repository, TreeEntry entry, String commit) {
        String api = repositories.url(repository);
        String path = Paths.encode(entry.path());
        boolean directory = entry instanceof TreeEntry.Directory;
        String type = entry instanceof TreeEntry.Other other ? other.type() : directory ? "dir" : "file";
        String self = api + "/contents/" + path + "?ref=" + commit;
        String git = api + "/git/" + (directory ? "trees/" : "blobs/") + entry.sha();
        String html = repositories.htmlUrl(repository) + (directory ? "/tree/" : "/blob/") + commit + "/" + path;
        ObjectNode json = Json.object()
                .put("type", type)
                .put("size", entry instanceof TreeEntry.File file ? file.size() : 0)
                .put("name", entry.name())
                .put("path", entry.path())
                .put("sha", entry.sha())
                .put("url", self)
                .put("git_url", git)
                .put("html_url", html)
                .putNull("download_url");
        json.putObject("_links").put("self", self).put("git", git).put("html", html);
        return json;
    }
}
