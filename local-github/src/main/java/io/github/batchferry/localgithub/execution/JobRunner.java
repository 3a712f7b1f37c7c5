package io.github.batchferry.localgithub.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.access.Tokens;
import io.github.batchferry.localgithub.artifacts.ArtifactStore;
import io.github.batchferry.localgithub.execution.actions.EmulatedActions;
import io.github.batchferry.localgithub.execution.output.JobLog;
import io.github.batchferry.localgithub.execution.output.OutputThreads;
import io.github.batchferry.localgithub.execution.output.SecretMask;
import io.github.batchferry.localgithub.execution.process.JobProcesses;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.store.JobLogs;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Executes jobs, with all they need from the other parts of the embedded GitHub. Thread-safe. */
public final class JobRunner {
    private static final Duration REMAINS_GRACE = Duration.ofSeconds(2);
    private static final Duration CANCELLED_STEPS = Duration.ofMinutes(5);

    private final StateDirectory directory;
    private final RunStore runs;
    private final Tokens tokens;
    private final ExecutionSettings settings;
    private final EmulatedActions actions;

    /** @param artifacts that jobs upload and download */
    public JobRunner(
            StateDirectory directory,
            RunStore runs,
            Tokens tokens,
            ArtifactStore artifacts,
            ExecutionSettings settings) {
        this.directory = directory;
        this.runs = runs;
        this.tokens = tokens;
        this.settings = settings;
        this.actions = new EmulatedActions(artifacts, tokens);
    }

    /** Runs a job to its end; nothing it started is left when this returns, and its token dies with it. */
    public JobOutcome run(JobTask task, StopSignal stop) throws IOException {
        JobRecord record = task.run().latest().job(task.jobId()).orElseThrow();
        String token = tokens.issue(new Caller.Job(task.run().repositoryName(), task.permissions()));
        SecretMask mask = new SecretMask();
        Map<String, String> secrets = secrets(task, token);
        secrets.forEach((name, value) -> {
            if (!DebugSwitch.NAMES.contains(name)) {
                mask.add(value);
            }
        });
        try (JobFolders folders = JobFolders.prepare(directory, task.run().id(), record);
                JobLog log = new JobLog(folders.logs(), settings.clock(), mask);
                JobStop ends = new JobStop(stop, settings.scaled(CANCELLED_STEPS))) {
            RunningJob job = new RunningJob(
                    task,
                    runs,
                    settings,
                    folders,
                    environment(task, record, folders, secrets),
                    log,
                    mask,
                    DebugSwitch.isOn(task),
                    new JobProcesses(settings.bash(), record.trackingId()),
                    new OutputThreads(mask),
                    ends,
                    new StepsStatus(ends),
                    new PostSteps(),
                    actions);
            return new JobExecution(job).run();
        } finally {
            tokens.revoke(token);
        }
    }

    private static Map<String, String> secrets(JobTask task, String token) {
        Map<String, String> secrets = new LinkedHashMap<>(task.secrets());
        secrets.replaceAll((name, value) -> value.replace(JobTask.OWN_TOKEN, token));
        secrets.put("GITHUB_TOKEN", token);
        return secrets;
    }

    private JobEnvironment environment(JobTask task, JobRecord record, JobFolders folders, Map<String, String> secrets)
            throws IOException {
        JsonNode event = Json.MAPPER.readTree(Files.readAllBytes(folders.event()));
        return new JobEnvironment(settings.host(), facts(task, record, folders), event, secrets, task.contexts());
    }

    /** Stops what a lost server left of a job, and says so in its log. */
    public static void stopRemains(
            StateDirectory directory, ExecutionSettings settings, RunRecord run, JobRecord job, String message)
            throws IOException {
        new JobProcesses(settings.bash(), job.trackingId()).stopAll(job.processes(), REMAINS_GRACE, () -> false);
        JobLogs logs = directory.logs(run.id(), job);
        try (JobLog end = new JobLog(logs, settings.clock(), new SecretMask())) {
            end.step(logs.steps().stream().reduce(1, Math::max));
            end.line("##[error]" + message);
        }
        StateDirectory.delete(directory.temp(run.id(), job));
    }

    private Map<String, String> facts(JobTask task, JobRecord record, JobFolders folders) {
        Map<String, String> facts = RunFacts.variables(task.run(), settings.addresses());
        facts.put("GITHUB_JOB", task.job().id());
        facts.put("GITHUB_EVENT_PATH", folders.event().toString());
        facts.put("GITHUB_WORKSPACE", folders.workspace().toString());
        facts.put("GITHUB_RETENTION_DAYS", "" + ArtifactStore.LONGEST_DAYS);
        facts.put("RUNNER_WORKSPACE", folders.workspace().getParent().toString());
        facts.put("RUNNER_TEMP", folders.temp().toString());
        facts.put("RUNNER_TOOL_CACHE", folders.tools().toString());
        if (DebugSwitch.isOn(task)) {
            facts.put("RUNNER_DEBUG", "1");
        }
        facts.put("RUNNER_OS", System.getProperty("os.name").startsWith("Mac") ? "macOS" : "Linux");
        facts.put("RUNNER_ARCH", architecture(System.getProperty("os.arch")));
        facts.put("RUNNER_NAME", "embedded");
        facts.put("RUNNER_ENVIRONMENT", "self-hosted");
        facts.put(JobProcesses.MARK, record.trackingId());
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
