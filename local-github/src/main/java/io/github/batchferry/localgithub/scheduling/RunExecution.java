package io.github.batchferry.localgithub.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.execution.JobRunner;
import io.github.batchferry.localgithub.execution.JobTask;
import io.github.batchferry.localgithub.execution.StopSignal;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.Repositories;
import io.github.batchferry.localgithub.hosting.TreeEntry;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.SecretStore;
import io.github.batchferry.localgithub.store.StateDirectory;
import io.github.batchferry.localgithub.workflow.InvalidWorkflowException;
import io.github.batchferry.localgithub.workflow.Job;
import io.github.batchferry.localgithub.workflow.Permissions;
import io.github.batchferry.localgithub.workflow.Workflow;
import io.github.batchferry.localgithub.workflow.WorkflowFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;

/** Executes the jobs of attempts. Thread-safe. */
public final class RunExecution {
    private final StateDirectory directory;
    private final Repositories repositories;
    private final RepositoryDocument<RepositorySettings> settings;
    private final SecretStore secrets;
    private final JobRunner jobs;

    public RunExecution(
            StateDirectory directory,
            Repositories repositories,
            RepositoryDocument<RepositorySettings> settings,
            SecretStore secrets,
            JobRunner jobs) {
        this.directory = directory;
        this.repositories = repositories;
        this.settings = settings;
        this.secrets = secrets;
        this.jobs = jobs;
    }

    /** Runs the job of an attempt that has begun. */
    Conclusion execute(RunRecord run, StopSignal stop) throws IOException, InvalidWorkflowException {
        Workflow workflow = workflow(run);
        Job job = workflow.jobs().get(0);
        Permissions permissions = job.tokenPermissions(workflow);
        Map<String, String> visible = secrets.all(run.repositoryName());
        long id = run.latest().jobs().get(0).id();
        return jobs.run(new JobTask(run, id, workflow, job, contexts(run), visible, permissions), stop)
                .conclusion();
    }

    private Workflow workflow(RunRecord run) throws IOException, InvalidWorkflowException {
        HostedRepository repository = repositories
                .find(run.repositoryName())
                .orElseThrow(() -> new IOException("no repository `" + run.repositoryName() + "`"));
        TreeEntry entry = repository.entry(run.sha(), run.workflowPath()).orElse(null);
        if (entry instanceof TreeEntry.File file) {
            return WorkflowFile.read(run.workflowPath(), repository.read(file)).workflow();
        }
        throw new IOException("no `" + run.workflowPath() + "` in commit " + run.sha());
    }

    private Map<String, JsonNode> contexts(RunRecord run) throws IOException {
        JsonNode event = Json.MAPPER.readTree(Files.readAllBytes(directory.event(run.id())));
        Map<String, String> variables = new TreeMap<>();
        settings.of(run.repositoryName())
                .variables()
                .values()
                .forEach(variable -> variables.put(variable.name(), variable.value()));
        return Map.of("inputs", event.path("inputs"), "vars", Json.MAPPER.valueToTree(variables));
    }
}
