package io.github.batchferry.localgithub.rest.actions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.CommitJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.scheduling.WorkflowCatalog;
import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.ReferencedWorkflow;
import io.github.batchferry.localgithub.store.RunRecord;
import java.io.IOException;

/** GitHub's shape of runs. */
public final class RunJson {
    private final RepositoryJson repositories;
    private final AccountJson accounts;

    public RunJson(RepositoryJson repositories, AccountJson accounts) {
        this.repositories = repositories;
        this.accounts = accounts;
    }

    /** Where a run is found in the API. */
    String url(HostedRepository repository, RunRecord run) {
        return repositories.url(repository) + "/actions/runs/" + run.id();
    }

    /** Page of a run for people. */
    String htmlUrl(HostedRepository repository, RunRecord run) {
        return repositories.htmlUrl(repository) + "/actions/runs/" + run.id();
    }

    /** The shape {@code workflow-run}, for one attempt of a run, without its pull requests. */
    ObjectNode run(HostedRepository repository, RunRecord run, AttemptRecord attempt) throws IOException {
        String url = url(repository, run);
        long workflow = WorkflowCatalog.id(repository.name().toString(), run.workflowPath());
        String api = repositories.url(repository);
        ObjectNode json = Json.object()
                .put("id", run.id())
                .put("name", run.workflowName())
                .put("node_id", AccountJson.nodeId("WorkflowRun", run.id()))
                .put("head_branch", run.refName())
                .put("head_sha", run.sha())
                .put("path", run.workflowPath())
                .put("display_title", run.title())
                .put("run_number", run.number())
                .put("event", run.event())
                .put("status", attempt.status().word())
                .put(
                        "conclusion",
                        attempt.conclusion() == null
                                ? null
                                : attempt.conclusion().word())
                .put("workflow_id", workflow)
                .put("check_suite_id", run.id())
                .put("check_suite_node_id", AccountJson.nodeId("CheckSuite", run.id()))
                .put("url", url)
                .put("html_url", htmlUrl(repository, run))
                .put("created_at", RepositoryJson.time(run.createdAt()))
                .put("updated_at", RepositoryJson.time(attempt.updatedAt()))
                .put("run_attempt", attempt.number())
                .put("run_started_at", RepositoryJson.time(attempt.startedAt()))
                .put("jobs_url", url + "/jobs")
                .put("logs_url", url + "/logs")
                .put("check_suite_url", api + "/check-suites/" + run.id())
                .put("artifacts_url", url + "/artifacts")
                .put("cancel_url", url + "/cancel")
                .put("rerun_url", url + "/rerun")
                .put("previous_attempt_url", attempt.number() > 1 ? url + "/attempts/" + (attempt.number() - 1) : null)
                .put("workflow_url", api + "/actions/workflows/" + workflow);
        ArrayNode referenced = json.putArray("referenced_workflows");
        run.referencedWorkflows().forEach(each -> referenced.add(referenced(each)));
        json.set("actor", accounts.simpleUser(run.actor()));
        json.set("triggering_actor", accounts.simpleUser(attempt.triggeringActor()));
        json.set("head_commit", CommitJson.simple(repository.commit(run.sha())));
        json.set("repository", repositories.minimal(repository));
        json.set("head_repository", repositories.minimal(repository));
        return json;
    }

    private static ObjectNode referenced(ReferencedWorkflow workflow) {
        ObjectNode json = Json.object().put("path", workflow.path()).put("sha", workflow.sha());
        return workflow.ref() == null ? json : json.put("ref", workflow.ref());
    }
}
