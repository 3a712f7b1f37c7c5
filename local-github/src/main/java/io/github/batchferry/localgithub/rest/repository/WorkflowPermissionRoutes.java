package io.github.batchferry.localgithub.rest.repository;

import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.store.WorkflowRights;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.util.List;
import java.util.Optional;

/** What the tokens of jobs may do where a workflow says nothing, and whether they may open pull requests. */
public final class WorkflowPermissionRoutes implements Routes {
    private static final String WORKFLOW = Route.REPOSITORY + "/actions/permissions/workflow";

    private final RepositoryDocument<RepositorySettings> settings;

    public WorkflowPermissionRoutes(RepositoryDocument<RepositorySettings> settings) {
        this.settings = settings;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", WORKFLOW, "administration", Access.READ, this::rights),
                Route.of("PUT", WORKFLOW, "administration", Access.WRITE, this::change));
    }

    /** {@code GET /repos/{owner}/{repo}/actions/permissions/workflow}. */
    public Response rights(Request request) {
        WorkflowRights rights = settings.of(request.repository().name()).workflowRights();
        return Response.ok(Json.object()
                .put("default_workflow_permissions", rights.write() ? "write" : "read")
                .put("can_approve_pull_request_reviews", rights.pullRequests()));
    }

    /** {@code PUT /repos/{owner}/{repo}/actions/permissions/workflow}; what is not named stays. */
    public Response change(Request request) throws ApiException {
        Fields body = Fields.orNone(request, "WorkflowPermissions");
        Optional<String> access = body.text("default_workflow_permissions");
        if (access.isPresent() && !access.get().matches("read|write")) {
            throw body.invalid("default_workflow_permissions", "default_workflow_permissions must be read or write");
        }
        Optional<Boolean> pullRequests = body.flag("can_approve_pull_request_reviews");
        settings.update(
                request.repository().name(),
                before -> before.with(new WorkflowRights(
                        access.map("write"::equals)
                                .orElse(before.workflowRights().write()),
                        pullRequests.orElse(before.workflowRights().pullRequests()))));
        return Response.empty(204);
    }
}
