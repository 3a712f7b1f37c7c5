package io.github.batchferry.localgithub.rest.actions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.StepRecord;

/** GitHub's shape of jobs. */
public final class JobJson {
    private final RepositoryJson repositories;
    private final RunJson runs;

    public JobJson(RepositoryJson repositories, RunJson runs) {
        this.repositories = repositories;
        this.runs = runs;
    }

    /** The shape {@code job}. */
    ObjectNode job(HostedRepository repository, RunRecord run, JobRecord job) {
        String api = repositories.url(repository);
        ObjectNode json = Json.object()
                .put("id", job.id())
                .put("run_id", run.id())
                .put("workflow_name", run.workflowName())
                .put("head_branch", run.refName())
                .put("run_url", runs.url(repository, run))
                .put("run_attempt", job.attempt())
                .put("node_id", AccountJson.nodeId("CheckRun", job.id()))
                .put("head_sha", run.sha())
                .put("url", api + "/actions/jobs/" + job.id())
                .put("html_url", runs.htmlUrl(repository, run) + "/job/" + job.id())
                .put("status", job.status().word())
                .put("conclusion", word(job.conclusion()))
                .put("created_at", RepositoryJson.time(job.createdAt()))
                .put("started_at", RepositoryJson.time(job.startedAt()))
                .put("completed_at", RepositoryJson.time(job.completedAt()))
                .put("name", job.name())
                .put("check_run_url", api + "/check-runs/" + job.id());
        ArrayNode steps = json.putArray("steps");
        job.steps().forEach(step -> steps.add(step(step)));
        ArrayNode labels = json.putArray("labels");
        job.labels().forEach(labels::add);
        return runner(json, !job.steps().isEmpty());
    }

    private static ObjectNode runner(ObjectNode json, boolean assigned) {
        return json.put("runner_id", assigned ? (Integer) 1 : null)
                .put("runner_name", assigned ? "embedded" : null)
                .put("runner_group_id", assigned ? (Integer) 1 : null)
                .put("runner_group_name", assigned ? "Default" : null);
    }

    private static ObjectNode step(StepRecord step) {
        return Json.object()
                .put("name", step.name())
                .put("status", step.status().word())
                .put("conclusion", word(step.conclusion()))
                .put("number", step.number())
                .put("started_at", RepositoryJson.time(step.startedAt()))
                .put("completed_at", RepositoryJson.time(step.completedAt()));
    }

    private static String word(Conclusion conclusion) {
        return conclusion == null ? null : conclusion.word();
    }
}
