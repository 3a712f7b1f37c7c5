package io.github.batchferry.localgithub.rest.actions;

import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.scheduling.RerunRequest;
import io.github.batchferry.localgithub.scheduling.RunQueue;
import io.github.batchferry.localgithub.scheduling.RunRefusedException;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.List;

/** Stopping runs and repeating them. */
public final class RunControlRoutes implements Routes {
    private final RunLookup lookup;
    private final RunQueue queue;

    public RunControlRoutes(RunLookup lookup, RunQueue queue) {
        this.lookup = lookup;
        this.queue = queue;
    }

    @Override
    public List<Route> routes() {
        String run = Route.REPOSITORY + "/actions/runs/{run}";
        return List.of(
                write(run + "/cancel", this::cancel),
                write(run + "/force-cancel", this::forceCancel),
                write(run + "/rerun", this::rerun),
                write(run + "/rerun-failed-jobs", this::rerunFailed),
                write(Route.REPOSITORY + "/actions/jobs/{job}/rerun", this::rerunJob));
    }

    private static Route write(String path, Route.Handler handler) {
        return Route.of("POST", path, "actions", Access.WRITE, handler);
    }

    /** {@code POST actions/runs/{run}/cancel}; a body is not looked at. */
    public Response cancel(Request request) throws ApiException {
        return stopped(queue.cancel(lookup.run(request).id()));
    }

    /** {@code POST actions/runs/{run}/force-cancel}. */
    public Response forceCancel(Request request) throws ApiException {
        return stopped(queue.forceCancel(lookup.run(request).id()));
    }

    private static Response stopped(boolean stopped) throws ApiException {
        if (!stopped) {
            throw new ApiException(409, "Cannot cancel a workflow run that is completed.");
        }
        return Response.json(202, Json.object());
    }

    /** {@code POST actions/runs/{run}/rerun}. */
    public Response rerun(Request request) throws IOException, ApiException {
        long run = lookup.run(request).id();
        return begun(wish -> queue.rerun(run, wish), request);
    }

    /** {@code POST actions/runs/{run}/rerun-failed-jobs}. */
    public Response rerunFailed(Request request) throws IOException, ApiException {
        long run = lookup.run(request).id();
        return begun(wish -> queue.rerunFailed(run, wish), request);
    }

    /** {@code POST actions/jobs/{job}/rerun}. */
    public Response rerunJob(Request request) throws IOException, ApiException {
        RunLookup.Found found = lookup.job(request);
        return begun(wish -> queue.rerunJob(found.run().id(), found.job().id(), wish), request);
    }

    /** Begins a further attempt; false if the run is not over. */
    @FunctionalInterface
    private interface Attempt {
        boolean begin(RerunRequest wish) throws IOException, RunRefusedException;
    }

    private static Response begun(Attempt attempt, Request request) throws IOException, ApiException {
        boolean debug = Fields.orNone(request, "WorkflowRun")
                .flag("enable_debug_logging")
                .orElse(false);
        try {
            if (!attempt.begin(new RerunRequest(request.caller().login(), debug))) {
                throw new ApiException(403, "This workflow is already running");
            }
        } catch (RunRefusedException e) {
            throw new ApiException(403, e.getMessage());
        }
        return Response.json(201, Json.object());
    }
}
