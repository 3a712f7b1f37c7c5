package io.github.batchferry.localgithub.rest.actions;

import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The jobs of runs. */
public final class JobRoutes implements Routes {
    private final RunLookup lookup;
    private final RunJson runs;
    private final JobJson json;

    public JobRoutes(RunLookup lookup, RunJson runs, JobJson json) {
        this.lookup = lookup;
        this.runs = runs;
        this.json = json;
    }

    @Override
    public List<Route> routes() {
        String actions = Route.REPOSITORY + "/actions";
        return List.of(
                read(actions + "/runs/{run}/jobs", this::ofRun),
                read(actions + "/runs/{run}/attempts/{attempt}/jobs", this::ofAttempt),
                read(actions + "/jobs/{job}", this::get));
    }

    private static Route read(String path, Route.Handler handler) {
        return Route.of("GET", path, "actions", Access.READ, handler);
    }

    /** {@code GET actions/runs/{run}/jobs}. */
    public Response ofRun(Request request) throws IOException, ApiException {
        RunRecord run = lookup.run(request);
        String filter = request.parameter("filter").orElse("latest");
        return switch (filter) {
            case "latest" -> list(request, run, List.of(run.latest()), "/jobs");
            case "all" -> list(request, run, run.attempts(), "/jobs");
            default ->
                throw ApiException.unprocessable("cannot filter jobs by `" + filter + "`: expected `latest` or `all`");
        };
    }

    /** {@code GET actions/runs/{run}/attempts/{attempt}/jobs}. */
    public Response ofAttempt(Request request) throws IOException, ApiException {
        RunRecord run = lookup.run(request);
        AttemptRecord attempt = lookup.attempt(request, run);
        return list(request, run, List.of(attempt), "/attempts/" + attempt.number() + "/jobs");
    }

    private Response list(Request request, RunRecord run, List<AttemptRecord> attempts, String path)
            throws IOException {
        // a job that a re-run took over is there once, though several attempts have it
        Map<Long, JobRecord> all = new LinkedHashMap<>();
        attempts.forEach(attempt -> attempt.jobs().forEach(job -> all.put(job.id(), job)));
        return new Listing("jobs", runs.url(request.repository(), run) + path)
                .of(request, List.copyOf(all.values()), job -> json.job(request.repository(), run, job));
    }

    /** {@code GET actions/jobs/{job}}. */
    public Response get(Request request) throws ApiException {
        RunLookup.Found found = lookup.job(request);
        return Response.ok(json.job(request.repository(), found.run(), found.job()));
    }
}
