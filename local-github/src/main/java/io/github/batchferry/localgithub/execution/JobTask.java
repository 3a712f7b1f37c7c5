package io.github.batchferry.localgithub.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.workflow.Job;
import io.github.batchferry.localgithub.workflow.Permissions;
import io.github.batchferry.localgithub.workflow.Workflow;
import java.util.Map;

/**
 * A job to execute, with all that was decided about it before.
 *
 * @param run as it is when the job begins
 * @param jobId number of its record, which is in progress
 * @param workflow whose job it is: the run's own, or one that was called
 * @param workflowRef where that stands, as {@code OWNER/NAME/PATH@REF}
 * @param workflowSha commit of that file
 * @param job its definition; always one with steps
 * @param contexts {@code inputs}, {@code needs}, {@code strategy}, {@code matrix} and {@code vars}
 * @param secrets name to value, those of its environment among them, without the job's token; {@link #OWN_TOKEN} in a
 *     value stands for that
 * @param permissions of its token
 * @param refProtected whether the branch that the run is for is protected
 */
public record JobTask(
        RunRecord run,
        long jobId,
        Workflow workflow,
        String workflowRef,
        String workflowSha,
        Job job,
        Map<String, JsonNode> contexts,
        Map<String, String> secrets,
        Permissions permissions,
        boolean refProtected) {
    /** What {@code secrets.GITHUB_TOKEN} is before there is a token, where it is passed on to a called workflow. */
    public static final String OWN_TOKEN = "\0GITHUB_TOKEN\0";

    public JobTask {
        contexts = Map.copyOf(contexts);
        secrets = Map.copyOf(secrets);
    }

    Job.Steps steps() {
        return (Job.Steps) job.body();
    }
}
