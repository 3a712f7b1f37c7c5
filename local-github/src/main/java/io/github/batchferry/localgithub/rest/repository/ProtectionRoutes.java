package io.github.batchferry.localgithub.rest.repository;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.List;

/** Protection of branches: against force pushes and deletion, for everybody. Other rules are refused by name. */
public final class ProtectionRoutes implements Routes {
    private static final String PROTECTION = Route.REPOSITORY + "/branches/{branch...}/protection";
    private static final List<String> NEEDED =
            List.of("required_status_checks", "enforce_admins", "required_pull_request_reviews", "restrictions");
    private static final List<String> RULES =
            List.of("required_status_checks", "required_pull_request_reviews", "restrictions");
    private static final List<String> OFF = List.of(
            "required_linear_history",
            "allow_force_pushes",
            "allow_deletions",
            "block_creations",
            "required_conversation_resolution",
            "lock_branch",
            "allow_fork_syncing");

    private final RepositoryJson repositories;
    private final RepositoryDocument<RepositorySettings> settings;

    public ProtectionRoutes(RepositoryJson repositories, RepositoryDocument<RepositorySettings> settings) {
        this.repositories = repositories;
        this.settings = settings;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", PROTECTION, "administration", Access.READ, this::protection),
                Route.of("PUT", PROTECTION, "administration", Access.WRITE, this::protect),
                Route.of("DELETE", PROTECTION, "administration", Access.WRITE, this::unprotect));
    }

    private String branch(Request request) throws IOException, ApiException {
        String branch = request.path().get("branch");
        BranchRoutes.tip(request.repository(), branch);
        return branch;
    }

    /** {@code GET /repos/{owner}/{repo}/branches/{branch}/protection}. */
    public Response protection(Request request) throws IOException, ApiException {
        String branch = branch(request);
        need(request.repository(), branch);
        return Response.ok(json(request.repository(), branch));
    }

    private void need(HostedRepository repository, String branch) throws ApiException {
        if (!settings.of(repository.name()).protectedBranches().contains(branch)) {
            throw new ApiException(404, "Branch not protected");
        }
    }

    /** {@code PUT /repos/{owner}/{repo}/branches/{branch}/protection}. */
    public Response protect(Request request) throws IOException, ApiException {
        String branch = branch(request);
        Fields body = Fields.of(request, "ProtectedBranch");
        for (String key : NEEDED) {
            if (!body.names(key)) {
                throw body.missing(key);
            }
        }
        for (String key : RULES) {
            if (!body.any(key).isNull()) {
                throw body.invalid(key, "the embedded GitHub does not enforce `" + key + "`; send null for it");
            }
        }
        for (String key : OFF) {
            if (body.flag(key).orElse(false)) {
                throw body.invalid(key, "the embedded GitHub does not know `" + key + "`; leave it out");
            }
        }
        HostedRepository repository = request.repository();
        settings.update(repository.name(), before -> before.withProtection(branch, true));
        return Response.ok(json(repository, branch));
    }

    /** {@code DELETE /repos/{owner}/{repo}/branches/{branch}/protection}. */
    public Response unprotect(Request request) throws IOException, ApiException {
        String branch = branch(request);
        need(request.repository(), branch);
        settings.update(request.repository().name(), before -> before.withProtection(branch, false));
        return Response.empty(204);
    }

    private ObjectNode json(HostedRepository repository, String branch) {
        String url = repositories.url(repository) + "/branches/" + Paths.encode(branch) + "/protection";
        ObjectNode json = Json.object().put("url", url);
        // the rules hold for everybody, whatever was asked for
        json.putObject("enforce_admins").put("url", url + "/enforce_admins").put("enabled", true);
        json.putObject("required_signatures")
                .put("url", url + "/required_signatures")
                .put("enabled", false);
        OFF.forEach(rule -> json.putObject(rule).put("enabled", false));
        return json;
    }
}
