package io.github.batchferry.localgithub.rest.git;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.TreeChange;
import io.github.batchferry.localgithub.hosting.TreeLine;
import io.github.batchferry.localgithub.hosting.TreeListing;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Folders, by their names in git. */
public final class TreeRoutes implements Routes {
    private static final String TREES = Route.REPOSITORY + "/git/trees";

    private final RepositoryJson repositories;

    public TreeRoutes(RepositoryJson repositories) {
        this.repositories = repositories;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("POST", TREES, "contents", Access.WRITE, this::create),
                Route.of("GET", TREES + "/{tree...}", "contents", Access.READ, this::tree));
    }

    /** {@code GET /repos/{owner}/{repo}/git/trees/{tree}}: a tree's name, or a branch, tag or commit. */
    public Response tree(Request request) throws IOException, ApiException {
        HostedRepository repository = GitCall.filled(request);
        String name = request.path().get("tree");
        Optional<String> commit = repository.revision(name);
        String tree = repository.trees().of(commit.orElse(name)).orElseThrow(ApiException::notFound);
        // any value counts, 0 and false too, as on github.com
        boolean deep = request.query().containsKey("recursive");
        return Response.ok(json(repository, repository.trees().list(tree, deep)));
    }

    /** {@code POST /repos/{owner}/{repo}/git/trees}. */
    public Response create(Request request) throws IOException, ApiException {
        HostedRepository repository = GitCall.filled(request);
        Fields body = Fields.of(request, "Tree");
        List<Fields> entries = body.objects("tree");
        if (!body.names("tree")) {
            throw body.missing("tree");
        }
        Optional<String> base = base(repository, body);
        List<TreeChange> changes = new ArrayList<>();
        for (Fields entry : entries) {
            changes.add(TreeEntries.change(repository, entry));
        }
        String sha = write(repository, base, changes);
        ObjectNode json = json(repository, repository.trees().list(sha, false));
        return Response.json(201, json).with("Location", json.path("url").asText());
    }

    private static Optional<String> base(HostedRepository repository, Fields body) throws IOException, ApiException {
        Optional<String> named = body.text("base_tree");
        if (named.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> tree = repository.trees().of(named.get());
        if (tree.isEmpty()) {
            throw ApiException.unprocessable("base_tree is not a valid tree oid");
        }
        return tree;
    }

    private static String write(HostedRepository repository, Optional<String> base, List<TreeChange> changes)
            throws IOException, ApiException {
        try {
            return repository.trees().write(base, changes);
        } catch (IllegalArgumentException e) {
            throw ApiException.unprocessable("tree.path contains a malformed path component");
        }
    }

    private ObjectNode json(HostedRepository repository, TreeListing listing) {
        ObjectNode json = Json.object()
                .put("sha", listing.sha())
                .put("url", url(repository, "trees", listing.sha()))
                .put("truncated", listing.truncated());
        ArrayNode tree = json.putArray("tree");
        listing.lines().forEach(line -> tree.add(line(repository, line)));
        return json;
    }

    private ObjectNode line(HostedRepository repository, TreeLine line) {
        ObjectNode json = Json.object()
                .put("path", line.path())
                .put("mode", line.digits())
                .put("type", line.kind())
                .put("sha", line.sha());
        if (line.size() >= 0) {
            json.put("size", line.size());
        }
        // a submodule's commit is in another repository
        return line.kind().equals("commit") ? json : json.put("url", url(repository, line.kind() + "s", line.sha()));
    }

    private String url(HostedRepository repository, String folder, String sha) {
        return repositories.url(repository) + "/git/" + folder + "/" + sha;
    }
}
