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
import io.github.batchferry.localgithub.identity.JobClaims;
import io.github.batchferry.localgithub.identity.JobIdentity;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.store.JobLogs;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import io.github.batchferry.localgithub.store.StateDirectory;
import io.github.batchferry.localgithub.workflow.Permissions;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Executes jobs, with all they need from the other parts of the embedded GitHub. Thread-safe. */
public final class JobRunner {
    private static final Duration REMAINS_GRACE = Duration.ofSeconds(2);
    private static final Duration CANCELLED_STEPS = Duration.ofMinutes(5);

    private final StateDirectory directory;
    private final RunStore runs;
    private final Tokens tokens;
    private final JobIdentity identity;
    private final ExecutionSettings settings;
    private final EmulatedActions actions;

    /**
     * @param artifacts that jobs upload and download
     * @param identity lets jobs prove who they are
     */
    public JobRunner(
            StateDirectory directory,
            RunStore runs,
            Tokens tokens,
            ArtifactStore artifacts,
            JobIdentity identity,
            ExecutionSettings settings) {
        this.directory = directory;
        this.runs = runs;
        this.tokens = tokens;
        this.identity = identity;
        this.settings = settings;
        this.actions = new EmulatedActions(artifacts, tokens);
    }

    /** Runs a job to its end; nothing it started is left when this returns, and its token dies with it. */
    public JobOutcome run(JobTask task, StopSignal stop) throws IOException {
        JobRecord record = task.run().latest().job(task.jobId()).orElseThrow();
        String token = tokens.issue(new Caller.Job(task.run().repositoryName(), task.permissions()));
        try (JobFolders folders = JobFolders.prepare(directory, task.run().id(), record);
                JobIdentity.Granted proof = proof(task, record, folders)) {
            return run(task, record, folders, stop, secrets(task, token), Optional.ofNullable(proof));
        } finally {
            tokens.revoke(token);
        }
    }

    private JobIdentity.Granted proof(JobTask task, JobRecord record, JobFolders folders) {
        return task.permissions().allow("id-token", Permissions.Access.WRITE)
                ? identity.open(new JobClaims(
                        facts(task, record, folders),
                        Optional.ofNullable(record.environment()),
                        task.workflowRef(),
                        task.workflowSha(),
                        task.jobId()))
                : null;
    }

    private Map<String, String> facts(JobTask task, JobRecord record, JobFolders folders) {
        return JobFacts.of(task, record, folders, settings);
    }

    private JobOutcome run(
            JobTask task,
            JobRecord record,
            JobFolders folders,
            StopSignal stop,
            Map<String, String> secrets,
            Optional<JobIdentity.Granted> proof)
            throws IOException {
        SecretMask mask = mask(secrets, proof);
        Map<String, String> facts = facts(task, record, folders);
        proof.ifPresent(granted -> {
            facts.put("ACTIONS_ID_TOKEN_REQUEST_URL", granted.requestUrl());
            facts.put("ACTIONS_ID_TOKEN_REQUEST_TOKEN", granted.requestToken());
        });
        JsonNode event = Json.MAPPER.readTree(Files.readAllBytes(folders.event()));
        try (JobLog log = new JobLog(folders.logs(), settings.clock(), mask);
                JobStop ends = new JobStop(stop, settings.scaled(CANCELLED_STEPS))) {
            RunningJob job = new RunningJob(
                    task,
                    runs,
                    settings,
                    folders,
                    new JobEnvironment(settings.host(), facts, event, secrets, task.contexts()),
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
        }
    }

    private static SecretMask mask(Map<String, String> secrets, Optional<JobIdentity.Granted> proof) {
        SecretMask mask = new SecretMask();
        secrets.forEach((name, value) -> {
            if (!DebugSwitch.NAMES.contains(name)) {
                mask.add(value);
            }
        });
        proof.map(JobIdentity.Granted::requestToken).ifPresent(mask::add);
        return mask;
    }

    private static Map<String, String> secrets(JobTask task, String token) {
        Map<String, String> secrets = new LinkedHashMap<>(task.secrets());
        secrets.replaceAll((name, value) -> value.replace(JobTask.OWN_TOKEN, token));
        secrets.put("GITHUB_TOKEN", token);
        return secrets;
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
}
