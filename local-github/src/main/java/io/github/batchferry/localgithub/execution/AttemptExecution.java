package io.github.batchferry.localgithub.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.access.Tokens;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.Repositories;
import io.github.batchferry.localgithub.hosting.TreeEntry;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import io.github.batchferry.localgithub.store.SecretStore;
import io.github.batchferry.localgithub.store.StateDirectory;
import io.github.batchferry.localgithub.workflow.InvalidWorkflowException;
import io.github.batchferry.localgithub.workflow.Workflow;
import io.github.batchferry.localgithub.workflow.WorkflowFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Executes attempts of runs, with all they need from the other parts of the embedded GitHub. Thread-safe. */
public final class AttemptExecution {
    private final StateDirectory directory;
    private final Repositories repositories;
    private final RunStore runs;
    private final SecretStore secrets;
    private final Tokens tokens;
    private final ExecutionSettings settings;

    public AttemptExecution(
            StateDirectory directory,
            Repositories repositories,
            RunStore runs,
            SecretStore secrets,
            Tokens tokens,
            ExecutionSettings settings) {
        this.directory = directory;
        this.repositories = repositories;
        this.runs = runs;
        this.secrets = secrets;
        this.tokens = tokens;
        this.settings = settings;
    }

    /** The workflow that a run executes: the file at the run's own commit. */
    Workflow workflow(RunRecord run) throws IOException, InvalidWorkflowException {
        HostedRepository repository = repositories
                .find(run.repositoryName())
                .orElseThrow(() -> new IOException("no repository `" + run.repositoryName() + "`"));
        TreeEntry entry = repository.entry(run.sha(), run.workflowPath()).orElse(null);
        if (entry instanceof TreeEntry.File file) {
            return WorkflowFile.read(run.workflowPath(), repository.read(file)).workflow();
        }
        throw new IOException("no `" + run.workflowPath() + "` in commit " + run.sha());
    }

    /** Runs the job of an attempt that has begun; its token dies with it. */
    Conclusion execute(RunRecord run, Workflow workflow, StopSignal stop) throws IOException {
        String token = tokens.issue(new Caller.Job(run.repositoryName(), workflow.tokenPermissions()));
        SecretMask mask = new SecretMask();
        Map<String, String> values = new LinkedHashMap<>(secrets.all(run.repositoryName()));
        values.put("GITHUB_TOKEN", token);
        values.values().forEach(mask::add);
        try (AttemptFolders folders = AttemptFolders.prepare(directory, run);
                JobLog log = new JobLog(folders.log(), settings.clock(), mask)) {
            JsonNode event = Json.MAPPER.readTree(Files.readAllBytes(folders.event()));
            JobEnvironment environment =
                    new JobEnvironment(settings.host(), facts(run, workflow, folders), event, values);
            return new JobExecution(
                            new RunningJob(
                                    run.id(),
                                    runs,
                                    settings,
                                    folders,
                                    environment,
                                    log,
                                    mask,
                                    new JobProcesses(
                                            settings.bash(), run.latest().trackingId()),
                                    new OutputThreads(),
                                    stop,
                                    System.nanoTime() + workflow.job().timeout().toNanos()),
                            workflow)
                    .run();
        } finally {
            tokens.revoke(token);
        }
    }

    private Map<String, String> facts(RunRecord run, Workflow workflow, AttemptFolders folders) {
        Map<String, String> facts = RunFacts.variables(run, settings.server());
        facts.put("GITHUB_JOB", workflow.job().id());
        facts.put("GITHUB_EVENT_PATH", folders.event().toString());
        facts.put("GITHUB_WORKSPACE", folders.workspace().toString());
        facts.put("RUNNER_TEMP", folders.temp().toString());
        facts.put("RUNNER_OS", System.getProperty("os.name").startsWith("Mac") ? "macOS" : "Linux");
        facts.put("RUNNER_ARCH", architecture(System.getProperty("os.arch")));
        facts.put("RUNNER_NAME", "embedded");
        facts.put("RUNNER_ENVIRONMENT", "self-hosted");
        facts.put(JobProcesses.MARK, run.latest().trackingId());
        return facts;
    }

    private static String architecture(String java) {
        return switch (java) {
            case "amd64", "x86_64" -> "X64";
            case "aarch64" -> "ARM64";
            default -> java.toUpperCase(Locale.ROOT);
        };
    }
}
