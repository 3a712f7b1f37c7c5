package io.github.batchferry.localgithub.rest.actions;

import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import java.util.stream.Stream;

/** Finds the runs, attempts and jobs that the paths of calls name; what is not there is a 404. */
public final class RunLookup {
    private final RunStore runs;

    public RunLookup(RunStore runs) {
        this.runs = runs;
    }

    /** A job with the run it belongs to. */
    record Found(RunRecord run, JobRecord job) {}

    /** All runs of the repository of a call, newest first. */
    Stream<RunRecord> all(Request request) {
        return runs.of(request.repository().name()).filter(run -> request.shows(run.createdAt()));
    }

    /** The run {@code {run}}. */
    public RunRecord run(Request request) throws ApiException {
        return runs.find(request.id("run"))
                .filter(run -> run.repositoryName().equals(request.repository().name()))
                .filter(run -> request.shows(run.createdAt()))
                .orElseThrow(ApiException::notFound);
    }

    /** The attempt {@code {attempt}} of a run. */
    AttemptRecord attempt(Request request, RunRecord run) throws ApiException {
        long number = request.id("attempt");
        return run.attempts().stream()
                .filter(attempt -> attempt.number() == number)
                .findFirst()
                .orElseThrow(ApiException::notFound);
    }

    /** The job {@code {job}}, as the latest attempt that has it knows it. */
    Found job(Request request) throws ApiException {
        long id = request.id("job");
        RunRecord run = runs.ofJob(request.repository().name(), id).orElseThrow(ApiException::notFound);
        JobRecord latest = run.attempts().stream()
                .flatMap(attempt -> attempt.job(id).stream())
                .reduce((earlier, later) -> later)
                .orElseThrow(ApiException::notFound);
        return new Found(run, latest);
    }
}
