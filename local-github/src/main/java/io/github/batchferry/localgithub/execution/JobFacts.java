package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.artifacts.ArtifactStore;
import io.github.batchferry.localgithub.execution.process.JobProcesses;
import io.github.batchferry.localgithub.store.JobRecord;
import java.util.Locale;
import java.util.Map;

/** What GitHub tells a job about its run, about itself and about its runner. */
final class JobFacts {
    private JobFacts() {}

    /** The variables that every step of the job gets and none can replace. */
    static Map<String, String> of(JobTask task, JobRecord record, JobFolders folders, ExecutionSettings settings) {
        Map<String, String> facts = RunFacts.variables(task.run(), settings.addresses(), task.refProtected());
        facts.put("GITHUB_JOB", task.job().id());
        facts.put("GITHUB_EVENT_PATH", folders.event().toString());
        facts.put("GITHUB_WORKSPACE", folders.workspace().toString());
        facts.put("GITHUB_RETENTION_DAYS", "" + ArtifactStore.LONGEST_DAYS);
        facts.put("RUNNER_WORKSPACE", folders.workspace().getParent().toString());
        facts.put("RUNNER_TEMP", folders.temp().toString());
        facts.put("RUNNER_TOOL_CACHE", folders.tools().toString());
        facts.put("RUNNER_OS", System.getProperty("os.name").startsWith("Mac") ? "macOS" : "Linux");
        facts.put("RUNNER_ARCH", architecture(System.getProperty("os.arch")));
        facts.put("RUNNER_NAME", "embedded");
        facts.put("RUNNER_ENVIRONMENT", "self-hosted");
        facts.put(JobProcesses.MARK, record.trackingId());
        if (DebugSwitch.isOn(task)) {
            facts.put("RUNNER_DEBUG", "1");
        }
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
