package io.github.batchferry.localgithub.rest.repository;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.util.List;

/** Who may work on a repository: the one user there is. Everybody else is somebody without any permission. */
public final class CollaboratorRoutes implements Routes {
    private static final String COLLABORATORS = Route.REPOSITORY + "/collaborators";
    private static final String ASSIGNEES = Route.REPOSITORY + "/assignees";
    private static final List<String> PERMISSIONS = List.of("pull", "triage", "push", "maintain", "admin");

    private final AccountJson accounts;

    public CollaboratorRoutes(AccountJson accounts) {
        this.accounts = accounts;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", COLLABORATORS, Route.ANY_USE, Access.NONE, this::collaborators),
                Route.of("GET", COLLABORATORS + "/{login}", Route.ANY_USE, Access.NONE, this::member),
                Route.of("GET", COLLABORATORS + "/{login}/permission", Route.ANY_USE, Access.NONE, this::permission),
                Route.of("GET", ASSIGNEES, "issues", Access.READ, this::assignees),
                Route.of("GET", ASSIGNEES + "/{login}", "issues", Access.READ, this::member));
    }

    private static boolean isMember(String login) {
        return login.equalsIgnoreCase(Caller.User.LOGIN);
    }

    /** {@code GET /repos/{owner}/{repo}/collaborators}. */
    public Response collaborators(Request request) {
        ArrayNode all = Json.array();
        all.add(withPermissions(Caller.User.LOGIN));
        return Response.ok(all);
    }

    /** {@code GET /repos/{owner}/{repo}/assignees}. */
    public Response assignees(Request request) {
        ArrayNode all = Json.array();
        all.add(accounts.simpleUser(Caller.User.LOGIN));
        return Response.ok(all);
    }

    /** Whether somebody is among them: the status says it. */
    public Response member(Request request) throws ApiException {
        if (!isMember(request.path().get("login"))) {
            throw ApiException.notFound();
        }
        return Response.empty(204);
    }

    /** {@code GET /repos/{owner}/{repo}/collaborators/{login}/permission}. */
    public Response permission(Request request) {
        String login = request.path().get("login");
        ObjectNode json = Json.object()
                .put("permission", isMember(login) ? "admin" : "none")
                .put("role_name", isMember(login) ? "admin" : "none");
        json.set("user", withPermissions(isMember(login) ? Caller.User.LOGIN : login));
        return Response.ok(json);
    }

    private ObjectNode withPermissions(String login) {
        ObjectNode user = accounts.simpleUser(login).put("role_name", isMember(login) ? "admin" : "none");
        ObjectNode permissions = user.putObject("permissions");
        PERMISSIONS.forEach(permission -> permissions.put(permission, isMember(login)));
        return user;
    }
}
