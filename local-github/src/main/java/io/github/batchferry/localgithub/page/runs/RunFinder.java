package io.github.batchferry.localgithub.page.runs;

import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.page.visit.Visit;
import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;

/** Finds the runs and jobs that the paths of pages name. */
record RunFinder(RunStore runs) {
    /** The run {@code {run}}. */
    RunRecord run(Visit visit) throws ApiException {
        return runs.find(visit.id("run"))
                .filter(run -> run.repositoryName().equals(visit.repository().name()))
                .orElseThrow(ApiException::notFound);
    }

    /** The attempt {@code {attempt}}; the latest if the path names none. */
    AttemptRecord attempt(Visit visit, RunRecord run) throws ApiException {
        if (!visit.path().containsKey("attempt")) {
            return run.latest();
        }
        long number = visit.id("attempt");
        return run.attempts().stream()
                .filter(attempt -> attempt.number() == number)
                .findFirst()
                .orElseThrow(ApiException::notFound);
    }

    /** The job {@code {job}} of a run, as the latest attempt that has it knows it. */
    JobRecord job(Visit visit, RunRecord run) throws ApiException {
        long id = visit.id("job");
        return run.attempts().stream()
                .flatMap(attempt -> attempt.job(id).stream())
                .reduce((earlier, later) -> later)
                .orElseThrow(ApiException::notFound);
    }
}
