package io.github.batchferry.localgithub.rest.settings;

import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.actions.Listing;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.List;

/** What is the same for every repository here: Actions are on, any action may be named, and there are no caches. */
public final class ActionsSettingRoutes implements Routes {
    private static final String PERMISSIONS = Route.REPOSITORY + "/actions/permissions";
    private static final String CACHES = Route.REPOSITORY + "/actions/caches";

    private final RepositoryJson repositories;

    public ActionsSettingRoutes(RepositoryJson repositories) {
        this.repositories = repositories;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", PERMISSIONS, "administration", Access.READ, this::permissions),
                Route.of("PUT", PERMISSIONS, "administration", Access.WRITE, this::permit),
                Route.of("GET", CACHES, "actions", Access.READ, this::caches),
                Route.of("DELETE", CACHES, "actions", Access.WRITE, this::deleteCaches),
                Route.of("DELETE", CACHES + "/{cache}", "actions", Access.WRITE, this::deleteCache));
    }

    /** {@code GET actions/permissions}. */
    public Response permissions(Request request) {
        return Response.ok(
                Json.object().put("enabled", true).put("allowed_actions", "all").put("sha_pinning_required", false));
    }

    /** {@code PUT actions/permissions}: takes what is so already, refuses all else by name. */
    public Response permit(Request request) throws ApiException {
        Fields body = Fields.of(request, "ActionsPermissions");
        if (!body.flag("enabled").orElseThrow(() -> body.missing("enabled"))) {
            throw body.invalid(
                    "enabled", "the embedded GitHub cannot turn Actions off: disable single workflows instead");
        }
        if (!body.text("allowed_actions").orElse("all").equals("all")) {
            throw body.invalid(
                    "allowed_actions", "the embedded GitHub knows `allowed_actions` with the value all only");
        }
        if (body.flag("sha_pinning_required").orElse(false)) {
            throw body.invalid(
                    "sha_pinning_required",
                    "the embedded GitHub does not support `sha_pinning_required`; leave it out");
        }
        return Response.empty(204);
    }

    /** {@code GET actions/caches}. */
    public Response caches(Request request) throws IOException {
        return new Listing("actions_caches", repositories.url(request.repository()) + "/actions/caches")
                .of(request, List.<Void>of(), none -> Json.object());
    }

    /** {@code DELETE actions/caches}: none has the key. */
    public Response deleteCaches(Request request) throws ApiException {
        if (request.parameter("key").isEmpty()) {
            throw ApiException.unprocessable("Invalid request.\n\n\"key\" wasn't supplied.");
        }
        throw ApiException.notFound();
    }

    /** {@code DELETE actions/caches/{cache}}: none has the number. */
    public Response deleteCache(Request request) throws ApiException {
        throw ApiException.notFound();
    }
}
