package io.github.batchferry.localgithub.scheduling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.expression.ExpressionException;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.ResolvedRef;
import io.github.batchferry.localgithub.hosting.TreeEntry;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.scheduling.plan.PlannedWorkflow;
import io.github.batchferry.localgithub.server.Addresses;
import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.StableId;
import io.github.batchferry.localgithub.workflow.InvalidWorkflowException;
import io.github.batchferry.localgithub.workflow.Workflow;
import io.github.batchferry.localgithub.workflow.WorkflowFile;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Turns dispatches into runs. Everything that can be refused is refused here, at once. */
public final class Dispatcher {
    private final RunStores stores;
    private final RunQueue queue;
    private final RunPlans plans;
    private final RunContexts contexts;
    private final Addresses addresses;
    private final Clock clock;

    public Dispatcher(RunStores stores, RunQueue queue, Addresses addresses, Clock clock) {
        this.stores = stores;
        this.queue = queue;
        this.plans = new RunPlans(stores.repositories(), stores.settings());
        this.contexts = new RunContexts(addresses, stores.settings());
        this.addresses = addresses;
        this.clock = clock;
    }

    /**
     * Dispatches a workflow.
     *
     * @param ref branch or tag whose copy of the workflow runs
     * @param inputs name to value, as they were given
     * @param actor login of who asks
     * @throws DispatchRefusedException with the words of GitHub's 422
     */
    public RunRecord dispatch(
            HostedRepository repository, WorkflowEntry entry, String ref, ObjectNode inputs, String actor)
            throws IOException, DispatchRefusedException {
        ResolvedRef resolved =
                repository.resolve(ref).orElseThrow(() -> new DispatchRefusedException("No ref found for: " + ref));
        if (stores.settings().of(repository.name()).disabledWorkflows().contains(entry.path())) {
            throw new DispatchRefusedException("Cannot trigger a 'workflow_dispatch' on a disabled workflow");
        }
        try {
            checkTrigger(repository, resolved, entry.path());
            PlannedWorkflow planned = plans.read(new PlannedWorkflow.Origin(
                    repository.name(), entry.path(), resolved.fullName(), resolved.commit()));
            Workflow workflow = planned.workflow();
            ObjectNode values = DispatchInputs.check(addresses.mode(), workflow.inputs(), inputs);
            ObjectNode event = event(repository, resolved, entry.path(), values, actor);
            return queue.enter(
                    planned,
                    event,
                    () -> stores.runs().create(event, id -> record(id, repository, resolved, planned, event)));
        } catch (InvalidWorkflowException | ExpressionException e) {
            throw new DispatchRefusedException(e.getMessage());
        }
    }

    private static void checkTrigger(HostedRepository repository, ResolvedRef ref, String path)
            throws IOException, InvalidWorkflowException, DispatchRefusedException {
        TreeEntry entry = repository.entry(ref.commit(), path).orElse(null);
        if (!(entry instanceof TreeEntry.File file)
                || !WorkflowFile.read(path, repository.read(file)).hasDispatchTrigger()) {
            throw new DispatchRefusedException("Workflow does not have 'workflow_dispatch' trigger");
        }
    }

    private static ObjectNode event(
            HostedRepository repository, ResolvedRef ref, String path, ObjectNode inputs, String actor)
            throws IOException {
        ObjectNode event = Json.object();
        event.set("inputs", inputs);
        event.put("ref", ref.fullName());
        event.putObject("repository")
                .put("id", StableId.of(repository.name().toString()))
                .put("name", repository.name().name())
                .put("full_name", repository.name().toString())
                .put("private", true)
                .put("default_branch", repository.defaultBranch())
                .putObject("owner")
                .put("login", repository.name().owner())
                .put("id", StableId.of(repository.name().owner()));
        event.putObject("sender")
                .put("login", actor)
                .put("id", StableId.of(actor))
                .put("type", "User");
        event.put("workflow", path);
        return event;
    }

    private RunRecord record(
            long id, HostedRepository repository, ResolvedRef ref, PlannedWorkflow planned, ObjectNode event) {
        Instant now = clock.instant();
        Workflow workflow = planned.workflow();
        int number = stores.runs().nextNumber(repository.name(), workflow.path());
        String actor = event.path("sender").path("login").asText();
        RunRecord plain = new RunRecord(
                id,
                repository.name().owner(),
                repository.name().name(),
                workflow.path(),
                workflow.name(),
                number,
                "workflow_dispatch",
                workflow.name(),
                ref.fullName(),
                ref.commit(),
                actor,
                null,
                false,
                List.of(),
                now,
                List.of(AttemptRecord.created(1, actor, List.of(), now)));
        return contexts.named(plain, planned, event);
    }
}
