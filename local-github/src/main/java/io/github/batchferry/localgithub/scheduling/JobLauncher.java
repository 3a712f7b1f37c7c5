package io.github.batchferry.localgithub.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.execution.JobOutcome;
import io.github.batchferry.localgithub.execution.JobRunner;
import io.github.batchferry.localgithub.execution.JobTask;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.SecretStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Hands legs to those who execute jobs, with all that was decided about them. Thread-safe. */
final class JobLauncher {
    private final SecretStore secrets;
    private final JobRunner jobs;

    JobLauncher(SecretStore secrets, JobRunner jobs) {
        this.secrets = secrets;
        this.jobs = jobs;
    }

    /**
     * Runs a leg to its end.
     *
     * @param run as it is when the leg begins
     */
    JobOutcome run(RunRecord run, JobLeg leg) throws IOException {
        WorkflowFrame frame = leg.node().frame();
        JobTask task = new JobTask(
                run,
                leg.id(),
                frame.planned().workflow(),
                frame.planned().origin().toString(),
                frame.planned().origin().sha(),
                leg.job(),
                contexts(leg),
                visible(run, leg),
                frame.permissions(leg.job()),
                leg.contexts().context("github").path("ref_protected").asBoolean());
        return jobs.run(task, leg.stop());
    }

    private static Map<String, JsonNode> contexts(JobLeg leg) {
        Map<String, JsonNode> contexts = new LinkedHashMap<>(leg.contexts().values());
        contexts.remove("github"); // the job makes its own, with its token
        if (leg.gate() != null) {
            ObjectNode variables = Json.object().setAll((ObjectNode) contexts.get("vars"));
            leg.gate().environment().variables().values().forEach(own -> variables.put(own.name(), own.value()));
            contexts.put("vars", variables);
        }
        return contexts;
    }

    private Map<String, String> visible(RunRecord run, JobLeg leg) throws IOException {
        Map<String, String> all =
                new LinkedHashMap<>(leg.node().frame().given().secrets().all());
        if (leg.gate() != null) {
            all.putAll(
                    secrets.all(run.repositoryName(), leg.gate().environment().name()));
        }
        return all;
    }
}
