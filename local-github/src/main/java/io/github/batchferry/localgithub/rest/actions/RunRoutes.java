package io.github.batchferry.localgithub.rest.actions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.artifacts.ArtifactRecord;
import io.github.batchferry.localgithub.artifacts.ArtifactStore;
import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.scheduling.WorkflowEntry;
import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Runs and their attempts. */
public final class RunRoutes implements Routes {
    private final RunLookup lookup;
    private final RunStore runs;
    private final ArtifactStore artifacts;
    private final WorkflowRoutes workflows;
    private final RepositoryJson repositories;
    private final RunJson json;
    private final RunPulls pulls;

    public RunRoutes(
            RunLookup lookup,
            RunStore runs,
            ArtifactStore artifacts,
            WorkflowRoutes workflows,
            RepositoryJson repositories,
            RunJson json,
            RunPulls pulls) {
        this.lookup = lookup;
        this.runs = runs;
        this.artifacts = artifacts;
        this.workflows = workflows;
        this.repositories = repositories;
        this.json = json;
        this.pulls = pulls;
    }

    @Override
    public List<Route> routes() {
        String actions = Route.REPOSITORY + "/actions";
        String run = actions + "/runs/{run}";
        return List.of(
                read(actions + "/workflows/{workflow}/runs", this::ofWorkflow),
                read(actions + "/runs", this::list),
                read(run, this::get),
                read(run + "/attempts/{attempt}", this::attempt),
                read(run + "/timing", this::timing),
                Route.of("DELETE", run, "actions", Access.WRITE, this::delete));
    }

    private static Route read(String path, Route.Handler handler) {
        return Route.of("GET", path, "actions", Access.READ, handler);
    }

    /** {@code GET actions/runs}. */
    public Response list(Request request) throws IOException, ApiException {
        return list(request, "/actions/runs", run -> true);
    }

    /** {@code GET actions/workflows/{workflow}/runs}. */
    public Response ofWorkflow(Request request) throws IOException, ApiException {
        WorkflowEntry workflow = workflows.find(request);
        String path = "/actions/workflows/" + Paths.encode(request.path().get("workflow")) + "/runs";
        return list(request, path, run -> run.workflowPath().equals(workflow.path()));
    }

    private Response list(Request request, String path, Predicate<RunRecord> which) throws IOException, ApiException {
        List<RunRecord> all =
                lookup.all(request).filter(which.and(RunFilter.of(request))).toList();
        List<Issue> open = pulls.open(request);
        return new Listing("workflow_runs", repositories.url(request.repository()) + path)
                .of(request, all, run -> shape(request, run, run.latest(), open));
    }

    private ObjectNode shape(Request request, RunRecord run, AttemptRecord attempt, List<Issue> open)
            throws IOException {
        ObjectNode shape = json.run(request.repository(), run, attempt);
        shape.set("pull_requests", pulls.of(request.repository(), run, open));
        return shape;
    }

    /** {@code GET actions/runs/{run}}. */
    public Response get(Request request) throws IOException, ApiException {
        RunRecord run = lookup.run(request);
        return Response.ok(shape(request, run, run.latest(), pulls.open(request)));
    }

    /** {@code GET actions/runs/{run}/attempts/{attempt}}. */
    public Response attempt(Request request) throws IOException, ApiException {
        RunRecord run = lookup.run(request);
        return Response.ok(shape(request, run, lookup.attempt(request, run), pulls.open(request)));
    }

    /** {@code GET actions/runs/{run}/timing}: nothing is ever billed. */
    public Response timing(Request request) throws ApiException {
        AttemptRecord latest = lookup.run(request).latest();
        ObjectNode timing = Json.object();
        timing.putObject("billable");
        if (latest.over()) {
            timing.put(
                    "run_duration_ms",
                    Duration.between(latest.startedAt(), latest.updatedAt()).toMillis());
        }
        return Response.ok(timing);
    }

    /** {@code DELETE actions/runs/{run}}, with its logs and artifacts; only when it is over. */
    public Response delete(Request request) throws IOException, ApiException {
        RunRecord run = lookup.run(request);
        if (!runs.delete(run.id())) {
            throw new ApiException(403, "Could not delete the workflow run");
        }
        for (ArtifactRecord artifact : artifacts.ofRun(run.id())) {
            artifacts.delete(artifact.id());
        }
        return Response.empty(204);
    }
}
