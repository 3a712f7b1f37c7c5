package io.github.batchferry.localgithub.rest.actions;

import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.http.TemporaryLinks;
import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.JobLogs;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.StateDirectory;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The logs of jobs as text, and those of runs as zips. */
public final class LogRoutes implements Routes {
    private final StateDirectory directory;
    private final RunLookup lookup;
    private final TemporaryLinks links;

    public LogRoutes(StateDirectory directory, RunLookup lookup, TemporaryLinks links) {
        this.directory = directory;
        this.lookup = lookup;
        this.links = links;
    }

    @Override
    public List<Route> routes() {
        String actions = Route.REPOSITORY + "/actions";
        return List.of(
                Route.of("GET", actions + "/jobs/{job}/logs", "actions", Access.READ, this::ofJob),
                Route.of("GET", actions + "/runs/{run}/logs", "actions", Access.READ, this::ofRun),
                Route.of(
                        "GET",
                        actions + "/runs/{run}/attempts/{attempt}/logs",
                        "actions",
                        Access.READ,
                        this::ofAttempt),
                Route.of("DELETE", actions + "/runs/{run}/logs", "actions", Access.WRITE, this::delete));
    }

    /** {@code GET actions/jobs/{job}/logs}: there is a log once the job is over. */
    public Response ofJob(Request request) throws IOException, ApiException {
        RunLookup.Found found = lookup.job(request);
        JobLogs log = directory.logs(found.run().id(), found.job());
        if (!found.job().over() || log.steps().isEmpty()) {
            throw ApiException.notFound();
        }
        return redirect(() -> Response.bytes("text/plain; charset=utf-8", log.size(), log::open));
    }

    /** {@code GET actions/runs/{run}/logs}: a zip of the logs of the latest attempt, once that is over. */
    public Response ofRun(Request request) throws IOException, ApiException {
        RunRecord run = lookup.run(request);
        return zip(run, run.latest());
    }

    /** {@code GET actions/runs/{run}/attempts/{attempt}/logs}. */
    public Response ofAttempt(Request request) throws IOException, ApiException {
        RunRecord run = lookup.run(request);
        return zip(run, lookup.attempt(request, run));
    }

    private Response zip(RunRecord run, AttemptRecord attempt) throws IOException, ApiException {
        LogArchive archive = new LogArchive(directory, run, attempt);
        if (!attempt.over() || archive.isEmpty()) {
            throw ApiException.notFound();
        }
        return redirect(() -> {
            Path zip = archive.write(directory.spool());
            return Response.bytes(
                            "application/zip",
                            Files.size(zip),
                            () -> Files.newInputStream(zip, StandardOpenOption.DELETE_ON_CLOSE))
                    .with("Content-Disposition", "attachment; filename=logs_" + run.id() + ".zip");
        });
    }

    private Response redirect(TemporaryLinks.Content content) {
        return Response.empty(302).with("Location", links.create(content));
    }

    /** {@code DELETE actions/runs/{run}/logs}, those of all attempts; only when the run is over. */
    public Response delete(Request request) throws IOException, ApiException {
        RunRecord run = lookup.run(request);
        if (!run.latest().over()) {
            throw new ApiException(403, "Could not delete the workflow run logs");
        }
        for (AttemptRecord attempt : run.attempts()) {
            for (JobRecord job : attempt.jobs()) {
                StateDirectory.delete(directory.logs(run.id(), job).folder());
            }
        }
        return Response.empty(204);
    }
}
