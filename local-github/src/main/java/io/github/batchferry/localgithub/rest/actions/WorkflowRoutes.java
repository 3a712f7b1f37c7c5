package io.github.batchferry.localgithub.rest.actions;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.scheduling.DispatchRefusedException;
import io.github.batchferry.localgithub.scheduling.Dispatcher;
import io.github.batchferry.localgithub.scheduling.WorkflowCatalog;
import io.github.batchferry.localgithub.scheduling.WorkflowEntry;
import io.github.batchferry.localgithub.server.Mode;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Workflows and their dispatch. */
public final class WorkflowRoutes implements Routes {
    private static final Set<String> DISPATCH_KEYS = Set.of("ref", "inputs", "return_run_details");

    private final Mode mode;
    private final WorkflowCatalog catalog;
    private final RepositoryDocument<RepositorySettings> settings;
    private final Dispatcher dispatcher;
    private final RepositoryJson repositories;
    private final RunJson runs;

    public WorkflowRoutes(
            Mode mode,
            WorkflowCatalog catalog,
            RepositoryDocument<RepositorySettings> settings,
            Dispatcher dispatcher,
            RepositoryJson repositories,
            RunJson runs) {
        this.mode = mode;
        this.catalog = catalog;
        this.settings = settings;
        this.dispatcher = dispatcher;
        this.repositories = repositories;
        this.runs = runs;
    }

    @Override
    public List<Route> routes() {
        String base = Route.REPOSITORY + "/actions/workflows";
        return List.of(
                Route.of("GET", base, "actions", Access.READ, this::list),
                Route.of("GET", base + "/{workflow}", "actions", Access.READ, this::get),
                Route.of("POST", base + "/{workflow}/dispatches", "actions", Access.WRITE, this::dispatch));
    }

    /** {@code GET actions/workflows}. */
    public Response list(Request request) throws IOException {
        List<WorkflowEntry> all = catalog.list(request.repository());
        Page page = Page.of(request);
        ObjectNode json = Json.object().put("total_count", all.size());
        page.of(all).forEach(workflow -> json.withArray("workflows").add(json(request.repository(), workflow)));
        if (!json.has("workflows")) {
            json.putArray("workflows");
        }
        String url = repositories.url(request.repository()) + "/actions/workflows";
        return page.link(Response.ok(json), url, request.query(), all.size());
    }

    /** {@code GET actions/workflows/{workflow}}. */
    public Response get(Request request) throws IOException, ApiException {
        return Response.ok(json(request.repository(), find(request)));
    }

    /** The workflow that a path names by number or by file. */
    public WorkflowEntry find(Request request) throws IOException, ApiException {
        return catalog.find(request.repository(), request.path().get("workflow"))
                .orElseThrow(ApiException::notFound);
    }

    private ObjectNode json(HostedRepository repository, WorkflowEntry workflow) {
        String created = RepositoryJson.time(workflow.createdAt());
        String html = repositories.htmlUrl(repository);
        return Json.object()
                .put("id", workflow.id())
                .put("node_id", AccountJson.nodeId("Workflow", workflow.id()))
                .put("name", workflow.name())
                .put("path", workflow.path())
                .put("state", state(repository, workflow))
                .put("created_at", created)
                .put("updated_at", created)
                .put("url", repositories.url(repository) + "/actions/workflows/" + workflow.id())
                .put("html_url", html + "/blob/main/" + Paths.encode(workflow.path()))
                .put("badge_url", html + "/workflows/" + Paths.encode(workflow.name()) + "/badge.svg");
    }

    private String state(HostedRepository repository, WorkflowEntry workflow) {
        return settings.of(repository.name()).disabledWorkflows().contains(workflow.path())
                ? "disabled_manually"
                : "active";
    }

    /** {@code POST actions/workflows/{workflow}/dispatches}. */
    public Response dispatch(Request request) throws IOException, ApiException {
        WorkflowEntry workflow = find(request);
        ObjectNode body = request.object();
        checkKeys(body);
        RunRecord run;
        try {
            run = dispatcher.dispatch(
                    request.repository(),
                    workflow,
                    body.path("ref").asText(),
                    body.path("inputs") instanceof ObjectNode inputs ? inputs : Json.object(),
                    request.caller().login());
        } catch (DispatchRefusedException e) {
            throw ApiException.unprocessable(e.getMessage());
        }
        if (!body.path("return_run_details").asBoolean()
                && !request.apiVersion().equals(Mode.API_VERSION_2026)) {
            return Response.empty(204);
        }
        return Response.ok(Json.object()
                .put("workflow_run_id", run.id())
                .put("run_url", runs.url(request.repository(), run))
                .put("html_url", runs.htmlUrl(request.repository(), run)));
    }

    private void checkKeys(ObjectNode body) throws ApiException {
        if (body.has("return_run_details") && !mode.returnsRunDetails()) {
            throw new ApiException(400, "Invalid request.\n\n\"return_run_details\" is not a permitted key.");
        }
        for (String key : (Iterable<String>) body::fieldNames) {
            if (!DISPATCH_KEYS.contains(key)) {
                throw ApiException.unprocessable("Invalid request.\n\n\"" + key + "\" is not a permitted key.");
            }
        }
        JsonNode inputs = body.path("inputs");
        if (!body.path("ref").isTextual()) {
            throw ApiException.unprocessable("Invalid request.\n\n\"ref\" wasn't supplied.");
        }
        if (!inputs.isMissingNode() && !inputs.isNull() && !inputs.isObject()) {
            throw ApiException.unprocessable(
                    "Invalid request.\n\nFor 'properties/inputs', " + inputs + " is not an object.");
        }
        if (body.has("return_run_details") && !body.path("return_run_details").isBoolean()) {
            throw ApiException.unprocessable("Invalid request.\n\nFor 'properties/return_run_details', "
                    + body.path("return_run_details") + " is not a boolean.");
        }
    }
}
