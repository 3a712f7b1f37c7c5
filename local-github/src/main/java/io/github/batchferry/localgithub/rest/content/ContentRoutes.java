package io.github.batchferry.localgithub.rest.content;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.LinkedFiles;
import io.github.batchferry.localgithub.hosting.TreeEntry;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.http.TemporaryLinks;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.Base64Text;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The files in repositories, for reading. */
public final class ContentRoutes implements Routes {
    private static final long LARGEST_IN_JSON = 1 << 20;
    private static final long LARGEST = 100L << 20;

    private final EntryJson entries;

    public ContentRoutes(RepositoryJson repositories, TemporaryLinks links) {
        this.entries = new EntryJson(repositories, links);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", Route.REPOSITORY + "/contents/{path...}", "contents", Access.READ, this::contents),
                Route.of("GET", Route.REPOSITORY + "/readme/{path...}", "contents", Access.READ, this::readme));
    }

    /** {@code GET /repos/{owner}/{repo}/contents/{path}}. */
    public Response contents(Request request) throws IOException, ApiException {
        String commit = commit(request);
        TreeEntry entry =
                request.repository().entry(commit, request.path().get("path")).orElseThrow(ApiException::notFound);
        return answer(request, entry, commit);
    }

    /** {@code GET /repos/{owner}/{repo}/readme/{path}}: the file in a folder that explains it. */
    public Response readme(Request request) throws IOException, ApiException {
        String commit = commit(request);
        Optional<TreeEntry> folder =
                request.repository().entry(commit, request.path().get("path"));
        if (folder.isPresent() && folder.get() instanceof TreeEntry.Directory directory) {
            for (TreeEntry child : directory.children()) {
                if (child instanceof TreeEntry.File && child.name().matches("(?i)readme(\\.(md|markdown|txt|rst))?")) {
                    return answer(request, child, commit);
                }
            }
        }
        throw ApiException.notFound();
    }

    private static String commit(Request request) throws IOException, ApiException {
        Optional<String> ref = request.parameter("ref");
        Optional<String> commit = ref.isPresent()
                ? request.repository().revision(ref.get())
                : request.repository().commitOf(ref);
        return commit.orElseThrow(() -> new ApiException(
                404, ref.map(name -> "No commit found for the ref " + name).orElse("This repository is empty.")));
    }

    private Response answer(Request request, TreeEntry entry, String commit) throws IOException, ApiException {
        if (entry instanceof TreeEntry.Directory directory) {
            return directory(request, directory, commit);
        }
        if (entry instanceof TreeEntry.File file) {
            return file(request, file, commit);
        }
        return other(request, (TreeEntry.Other) entry, commit);
    }

    private Response directory(Request request, TreeEntry.Directory directory, String commit) {
        ArrayNode children = Json.array();
        directory.children().forEach(child -> children.add(entries.child(request.repository(), child, commit)));
        if (!request.accept().contains(".object")) {
            return tagged(Response.ok(children), commit, directory);
        }
        ObjectNode tree = entries.of(request.repository(), directory, commit);
        tree.set("entries", children);
        return tagged(Response.ok(tree), commit, directory);
    }

    /** Links in answers are new each time; what they lead to is not. */
    private static Response tagged(Response response, String commit, TreeEntry entry) {
        return response.with("ETag", "W/\"" + commit + "-" + entry.sha() + "\"");
    }

    private Response file(Request request, TreeEntry.File file, String commit) throws IOException, ApiException {
        if (file.size() > LARGEST) {
            throw new ApiException(
                    403,
                    "This API returns blobs up to 100 MB in size. The requested blob is too large to"
                            + " fetch via the API, but you can always clone the repository via git.");
        }
        if (request.accept().contains(".raw")) {
            return EntryJson.raw(request.repository(), file, "application/vnd.github.raw+json; charset=utf-8")
                    .with("ETag", "\"" + file.sha() + "\"");
        }
        boolean whole = file.size() <= LARGEST_IN_JSON;
        ObjectNode json = entries.of(request.repository(), file, commit)
                .put("encoding", whole ? "base64" : "none")
                .put("content", whole ? Base64Text.encode(request.repository().read(file)) : "");
        return tagged(Response.ok(json), commit, file);
    }

    private Response other(Request request, TreeEntry.Other entry, String commit) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        LinkedFiles linked = new LinkedFiles(repository, commit);
        if (entry.type().equals("submodule")) {
            return Response.ok(
                    entries.of(repository, entry, commit).put("submodule_git_url", linked.submoduleUrl(entry)));
        }
        Optional<TreeEntry.File> file = linked.file(entry);
        if (file.isPresent()) {
            return file(request, file.get(), commit);
        }
        return Response.ok(entries.of(repository, entry, commit).put("target", linked.target(entry)));
    }
}
