package io.github.batchferry.localgithub.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.scheduling.plan.JobKey;
import io.github.batchferry.localgithub.scheduling.plan.PlannedWorkflow;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.SecretStore;
import io.github.batchferry.localgithub.workflow.Workflow;
import java.util.Optional;

/** Sets attempts going that are on record. */
final class RunStart {
    private final RunContexts contexts;
    private final SecretStore secrets;
    private final RunParts parts;

    RunStart(RunContexts contexts, SecretStore secrets, RunParts parts) {
        this.contexts = contexts;
        this.secrets = secrets;
        this.parts = parts;
    }

    /** The latest attempt of a run, with nothing begun yet, but in line for its concurrency group. */
    RunInProgress start(RunRecord record, PlannedWorkflow planned, JsonNode event) {
        WorkflowFrame root = new WorkflowFrame(
                planned,
                new WorkflowFrame.Given(
                        JobKey.ROOT,
                        "",
                        contexts.of(record, planned.workflow(), event),
                        () -> secrets.all(record.repositoryName()),
                        Optional.empty(),
                        null));
        RunInProgress run = new RunInProgress(record, parts, root);
        if (record.concurrencyGroup() != null) {
            boolean keeps = planned.workflow()
                    .concurrency()
                    .filter(Workflow.Concurrency::queueMax)
                    .isPresent();
            Claim.Manner manner = new Claim.Manner(record.cancelInProgress(), keeps && !record.cancelInProgress());
            run.claim(new Claim(run, null, record.concurrencyGroup(), manner));
        }
        return run;
    }
}
