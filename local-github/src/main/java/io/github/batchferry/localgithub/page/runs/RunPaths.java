package io.github.batchferry.localgithub.page.runs;

import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;

/** Where the pages about runs are: where github.com has them. */
final class RunPaths {
    private RunPaths() {}

    static String run(RunRecord run) {
        return "/" + run.repositoryName() + "/actions/runs/" + run.id();
    }

    static String attempt(RunRecord run, int attempt) {
        return attempt == run.latest().number() ? run(run) : run(run) + "/attempts/" + attempt;
    }

    static String job(RunRecord run, JobRecord job) {
        return run(run) + "/job/" + job.id();
    }

    static String workflow(RunRecord run) {
        return "/" + run.repositoryName() + "/actions/workflows/" + Paths.encode(fileName(run.workflowPath()));
    }

    static String branch(RunRecord run) {
        return "/" + run.repositoryName() + "/tree/" + Paths.encode(run.refName());
    }

    static String commit(RunRecord run) {
        return "/" + run.repositoryName() + "/commit/" + run.sha();
    }

    static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
