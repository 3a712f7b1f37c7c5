package io.github.batchferry.localgithub.rest.actions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Page;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.http.TemporaryLinks;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.scheduling.RunQueue;
import io.github.batchferry.localgithub.scheduling.WorkflowEntry;
import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.JobLogs;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import io.github.batchferry.localgithub.store.StateDirectory;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/** Runs, their jobs and logs, and stopping or repeating them. */
public final class RunRoutes implements Routes {
    private final StateDirectory directory;
    private final RunStore runs;
    private final RunQueue queue;
    private final WorkflowRoutes workflows;
    private final RepositoryJson repositories;
    private final RunJson json;
    private final TemporaryLinks links;

    public RunRoutes(
            StateDirectory directory,
            RunStore runs,
            RunQueue queue,
            WorkflowRoutes workflows,
            RepositoryJson repositories,
            RunJson json,
            TemporaryLinks links) {
        this.directory = directory;
        this.runs = runs;
        this.queue = queue;
        this.workflows = workflows;
        this.repositories = repositories;
        this.json = json;
        this.links = links;
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
                read(run + "/attempts/{attempt}/jobs", this::jobsOfAttempt),
                read(run + "/jobs", this::jobs),
                write(run + "/cancel", this::cancel),
                write(run + "/force-cancel", this::forceCancel),
                write(run + "/rerun", this::rerun),
                read(actions + "/jobs/{job}", this::job),
                read(actions + "/jobs/{job}/logs", this::logs));
    }

    private static Route read(String path, Route.Handler handler) {
        return Route.of("GET", path, "actions", Access.READ, handler);
    }

    private static Route write(String path, Route.Handler handler) {
        return Route.of("POST", path, "actions", Access.WRITE, handler);
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
        List<RunRecord> all = runs.of(request.repository().name())
                .filter(which.and(RunFilter.of(request)))
                .toList();
        Page page = Page.of(request);
        ObjectNode list = Json.object().put("total_count", all.size());
        ArrayNode entries = list.putArray("workflow_runs");
        for (RunRecord run : page.of(all)) {
            entries.add(json.run(request.repository(), run, run.latest()));
        }
        String url = repositories.url(request.repository()) + path;
        return page.link(Response.ok(list), url, request.query(), all.size());
    }

    private RunRecord find(Request request) throws ApiException {
        return runs.find(request.id("run"))
                .filter(run -> run.repositoryName().equals(request.repository().name()))
                .orElseThrow(ApiException::notFound);
    }

    /** {@code GET actions/runs/{run}}. */
    public Response get(Request request) throws IOException, ApiException {
        RunRecord run = find(request);
        return Response.ok(json.run(request.repository(), run, run.latest()));
    }

    /** {@code GET actions/runs/{run}/attempts/{attempt}}. */
    public Response attempt(Request request) throws IOException, ApiException {
        RunRecord run = find(request);
        return Response.ok(json.run(request.repository(), run, attemptOf(request, run)));
    }

    private static AttemptRecord attemptOf(Request request, RunRecord run) throws ApiException {
        return run.attempt((int) request.id("attempt")).orElseThrow(ApiException::notFound);
    }

    /** {@code GET actions/runs/{run}/jobs}. */
    public Response jobs(Request request) throws ApiException {
        RunRecord run = find(request);
        boolean all = request.parameter("filter").orElse("latest").equals("all");
        return jobs(request, run, all ? run.attempts() : List.of(run.latest()), "/jobs");
    }

    /** {@code GET actions/runs/{run}/attempts/{attempt}/jobs}. */
    public Response jobsOfAttempt(Request request) throws ApiException {
        RunRecord run = find(request);
        AttemptRecord attempt = attemptOf(request, run);
        return jobs(request, run, List.of(attempt), "/attempts/" + attempt.number() + "/jobs");
    }

    private Response jobs(Request request, RunRecord run, List<AttemptRecord> attempts, String path) {
        List<JobRecord> all = attempts.stream()
                .flatMap(attempt -> attempt.jobs().stream())
                .distinct()
                .toList();
        Page page = Page.of(request);
        ObjectNode list = Json.object().put("total_count", all.size());
        ArrayNode entries = list.putArray("jobs");
        page.of(all).forEach(job -> entries.add(json.job(request.repository(), run, job)));
        String url = json.url(request.repository(), run) + path;
        return page.link(Response.ok(list), url, request.query(), all.size());
    }

    /** A job with the run it belongs to. */
    private record Found(RunRecord run, JobRecord job) {}

    private Found findJob(Request request) throws ApiException {
        long id = request.id("job");
        RunRecord run = runs.ofJob(request.repository().name(), id).orElseThrow(ApiException::notFound);
        return run.attempts().stream()
                .flatMap(attempt -> attempt.job(id).stream())
                .findFirst()
                .map(job -> new Found(run, job))
                .orElseThrow(ApiException::notFound);
    }

    /** {@code GET actions/jobs/{job}}. */
    public Response job(Request request) throws ApiException {
        Found found = findJob(request);
        return Response.ok(json.job(request.repository(), found.run, found.job));
    }

    /** {@code GET actions/jobs/{job}/logs}: there is a log once the job is over. */
    public Response logs(Request request) throws IOException, ApiException {
        Found found = findJob(request);
        JobLogs log = directory.logs(found.run.id(), found.job);
        if (!found.job.over() || log.steps().isEmpty()) {
            throw ApiException.notFound();
        }
        String link = links.create(() -> Response.bytes("text/plain; charset=utf-8", log.size(), log::open));
        return Response.empty(302).with("Location", link);
    }

    /** {@code POST actions/runs/{run}/cancel}; a body is not looked at. */
    public Response cancel(Request request) throws ApiException {
        if (!queue.cancel(find(request).id())) {
            throw new ApiException(409, "Cannot cancel a workflow run that is completed.");
        }
        return Response.json(202, Json.object());
    }

    /** {@code POST actions/runs/{run}/force-cancel}. */
    public Response forceCancel(Request request) throws ApiException {
        if (!queue.forceCancel(find(request).id())) {
            throw new ApiException(409, "Cannot cancel a workflow run that is completed.");
        }
        return Response.json(202, Json.object());
    }

    /** {@code POST actions/runs/{run}/rerun}. */
    public Response rerun(Request request) throws IOException, ApiException {
        if (!queue.rerun(find(request).id())) {
            throw new ApiException(403, "This workflow is already running");
        }
        return Response.json(201, Json.object());
    }
}
