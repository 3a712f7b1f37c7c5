package io.github.batchferry.localgithub.rest.settings;

import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.scheduling.WorkflowCatalog;
import io.github.batchferry.localgithub.scheduling.WorkflowEntry;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.List;

/** Turns workflows on and off. One that is off cannot be dispatched; its runs go on. */
public final class WorkflowSwitchRoutes implements Routes {
    private static final String WORKFLOW = Route.REPOSITORY + "/actions/workflows/{workflow}";

    private final WorkflowCatalog catalog;
    private final RepositoryDocument<RepositorySettings> settings;

    public WorkflowSwitchRoutes(WorkflowCatalog catalog, RepositoryDocument<RepositorySettings> settings) {
        this.catalog = catalog;
        this.settings = settings;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("PUT", WORKFLOW + "/enable", "actions", Access.WRITE, request -> turn(request, true)),
                Route.of("PUT", WORKFLOW + "/disable", "actions", Access.WRITE, request -> turn(request, false)));
    }

    private Response turn(Request request, boolean on) throws IOException, ApiException {
        WorkflowEntry workflow = catalog.find(
                        request.repository(), request.path().get("workflow"))
                .orElseThrow(ApiException::notFound);
        settings.update(request.repository().name(), before -> before.withWorkflow(workflow.path(), on));
        return Response.empty(204);
    }
}
