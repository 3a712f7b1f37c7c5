package io.github.batchferry.localgithub.rest.actions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.scheduling.ConcurrencyGroup;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import java.util.Optional;

/** GitHub's shape of members of concurrency groups. */
public final class GroupMemberJson {
    private final RunStore runs;
    private final RepositoryJson repositories;
    private final RunJson json;

    public GroupMemberJson(RunStore runs, RepositoryJson repositories, RunJson json) {
        this.runs = runs;
        this.repositories = repositories;
        this.json = json;
    }

    /** A run, or a job of one. */
    ObjectNode member(HostedRepository repository, ConcurrencyGroup.Member member) {
        Optional<RunRecord> run = runs.find(member.run());
        ObjectNode shape = Json.object()
                .put("run_id", member.run())
                .put("run_name", run.map(RunRecord::workflowName).orElse(""))
                .put("run_url", run.map(found -> json.url(repository, found)).orElse(null))
                .put(
                        "run_html_url",
                        run.map(found -> json.htmlUrl(repository, found)).orElse(null))
                .put("status", member.holds() ? "in_progress" : "pending");
        member.job()
                .flatMap(id -> run.flatMap(found -> found.latest().job(id)))
                .ifPresent(job -> put(shape, repository, run.get(), job));
        return shape;
    }

    private void put(ObjectNode shape, HostedRepository repository, RunRecord run, JobRecord job) {
        shape.put("job_id", job.id())
                .put("job_name", job.name())
                .put("job_url", repositories.url(repository) + "/actions/jobs/" + job.id())
                .put("job_html_url", json.htmlUrl(repository, run) + "/job/" + job.id());
    }
}
