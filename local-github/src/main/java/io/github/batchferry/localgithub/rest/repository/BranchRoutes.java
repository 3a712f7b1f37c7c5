package io.github.batchferry.localgithub.rest.repository;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Page;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.CommitJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;

/** Branches with their commits, and whether they are protected. */
public final class BranchRoutes implements Routes {
    private static final String BRANCHES = Route.REPOSITORY + "/branches";

    private final RepositoryJson repositories;
    private final CommitJson commits;
    private final RepositoryDocument<RepositorySettings> settings;

    public BranchRoutes(
            RepositoryJson repositories, CommitJson commits, RepositoryDocument<RepositorySettings> settings) {
        this.repositories = repositories;
        this.commits = commits;
        this.settings = settings;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", BRANCHES, "contents", Access.READ, this::branches),
                Route.of("GET", BRANCHES + "/{branch...}", "contents", Access.READ, this::branch));
    }

    /** {@code GET /repos/{owner}/{repo}/branches}. */
    public Response branches(Request request) throws IOException {
        HostedRepository repository = request.repository();
        Optional<Boolean> wanted = request.parameter("protected").map("true"::equals);
        List<Ref> found = repository.refs().startingWith(Constants.R_HEADS).stream()
                .filter(ref -> wanted.isEmpty() || wanted.get() == isProtected(repository, name(ref)))
                .toList();
        Page page = Page.of(request);
        ArrayNode branches = Json.array();
        page.of(found).forEach(ref -> branches.add(brief(repository, ref)));
        String url = repositories.url(repository) + "/branches";
        return page.link(Response.ok(branches), url, request.query(), found.size());
    }

    private static String name(Ref ref) {
        return ref.getName().substring(Constants.R_HEADS.length());
    }

    private boolean isProtected(HostedRepository repository, String branch) {
        return settings.of(repository.name()).protectedBranches().contains(branch);
    }

    private ObjectNode brief(HostedRepository repository, Ref ref) {
        String sha = ref.getObjectId().name();
        ObjectNode json = Json.object().put("name", name(ref));
        json.putObject("commit").put("sha", sha).put("url", repositories.url(repository) + "/commits/" + sha);
        return protection(json, repository, name(ref));
    }

    private ObjectNode protection(ObjectNode json, HostedRepository repository, String branch) {
        boolean isProtected = isProtected(repository, branch);
        json.put("protected", isProtected);
        ObjectNode protection = json.putObject("protection").put("enabled", isProtected);
        ObjectNode checks = protection.putObject("required_status_checks").put("enforcement_level", "off");
        checks.putArray("contexts");
        checks.putArray("checks");
        return json.put("protection_url", url(repository, branch) + "/protection");
    }

    private String url(HostedRepository repository, String branch) {
        return repositories.url(repository) + "/branches/" + Paths.encode(branch);
    }

    /** {@code GET /repos/{owner}/{repo}/branches/{branch}}. */
    public Response branch(Request request) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        String branch = request.path().get("branch");
        String sha = tip(repository, branch);
        ObjectNode json = Json.object().put("name", branch);
        json.set("commit", commits.full(repository, repository.commit(sha)));
        json.putObject("_links")
                .put("self", url(repository, branch))
                .put("html", repositories.htmlUrl(repository) + "/tree/" + Paths.encode(branch));
        return Response.ok(protection(json, repository, branch));
    }

    /** The commit at the end of a branch. */
    static String tip(HostedRepository repository, String branch) throws IOException, ApiException {
        return repository
                .refs()
                .tip(Constants.R_HEADS + branch)
                .orElseThrow(() -> new ApiException(404, "Branch not found"));
    }
}
