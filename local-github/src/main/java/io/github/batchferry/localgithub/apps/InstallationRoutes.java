package io.github.batchferry.localgithub.apps;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.access.Tokens;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Page;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.server.Addresses;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.List;

/** What an installation asks about itself, with its token. */
public final class InstallationRoutes implements Routes {
    private final Apps apps;
    private final InstalledRepositories repositories;
    private final Addresses addresses;

    public InstallationRoutes(Apps apps, InstalledRepositories repositories, Addresses addresses) {
        this.apps = apps;
        this.repositories = repositories;
        this.addresses = addresses;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/installation/repositories", Route.ANY_USE, Access.NONE, this::list),
                Route.of("DELETE", "/installation/token", Route.ANY_USE, Access.NONE, this::revoke));
    }

    /** {@code GET /installation/repositories}. */
    public Response list(Request request) throws IOException, ApiException {
        Caller caller = request.caller();
        if (caller instanceof Caller.User) {
            throw new ApiException(
                    403,
                    "You must authenticate with an installation access token in order to list repositories for an"
                            + " installation.");
        }
        List<HostedRepository> all = repositories.all(caller::sees);
        boolean selected = !(caller instanceof Caller.Installation installation)
                || !installation.repositories().isEmpty();
        Page page = Page.of(request);
        ObjectNode answer =
                Json.object().put("total_count", all.size()).put("repository_selection", selected ? "selected" : "all");
        ArrayNode list = answer.putArray("repositories");
        for (HostedRepository repository : page.of(all)) {
            list.add(repositories.json(repository));
        }
        return page.link(
                Response.ok(answer), addresses.api() + "/installation/repositories", request.query(), all.size());
    }

    /** {@code DELETE /installation/token}. */
    public Response revoke(Request request) throws ApiException {
        if (!(request.caller() instanceof Caller.Installation)) {
            throw ApiException.forbidden();
        }
        apps.revoke(Tokens.fromHeader(request.header("authorization")).orElseThrow());
        return Response.empty(204);
    }
}
