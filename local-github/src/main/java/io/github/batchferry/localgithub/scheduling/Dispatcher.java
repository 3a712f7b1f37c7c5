package io.github.batchferry.localgithub.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.execution.RunFacts;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.ResolvedRef;
import io.github.batchferry.localgithub.hosting.TreeEntry;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.server.Addresses;
import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import io.github.batchferry.localgithub.store.StableId;
import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.InvalidWorkflowException;
import io.github.batchferry.localgithub.workflow.Job;
import io.github.batchferry.localgithub.workflow.Workflow;
import io.github.batchferry.localgithub.workflow.WorkflowFile;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Turns dispatches into queued runs. Everything that can be refused is refused here, at once. */
public final class Dispatcher {
    private final RunStore runs;
    private final RunQueue queue;
    private final Addresses addresses;
    private final Clock clock;

    public Dispatcher(RunStore runs, RunQueue queue, Addresses addresses, Clock clock) {
        this.runs = runs;
        this.queue = queue;
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
        Workflow workflow = workflow(repository, resolved, entry.path());
        ObjectNode values = DispatchInputs.check(addresses.mode(), workflow.inputs(), inputs);
        ObjectNode event = event(repository, resolved, entry.path(), values, actor);
        return queue.enter(() -> runs.create(event, id -> record(id, repository, resolved, workflow, event)));
    }

    private static Workflow workflow(HostedRepository repository, ResolvedRef ref, String path)
            throws IOException, DispatchRefusedException {
        Optional<TreeEntry> file = repository.entry(ref.commit(), path);
        try {
            if (file.orElse(null) instanceof TreeEntry.File found) {
                WorkflowFile read = WorkflowFile.read(path, repository.read(found));
                if (read.hasDispatchTrigger()) {
                    return read.workflow();
                }
            }
        } catch (InvalidWorkflowException e) {
            throw new DispatchRefusedException(e.getMessage());
        }
        throw new DispatchRefusedException("Workflow does not have 'workflow_dispatch' trigger");
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
            long id, HostedRepository repository, ResolvedRef ref, Workflow workflow, ObjectNode event) {
        Instant now = clock.instant();
        int number = runs.nextNumber(repository.name(), workflow.path());
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
                now,
                List.of(AttemptRecord.created(1, actor, List.of(), now)));
        return named(plain, workflow, contexts(plain, event));
    }

    private Contexts contexts(RunRecord run, ObjectNode event) {
        return new Contexts(Map.of(
                "github", RunFacts.context(RunFacts.variables(run, addresses), event), "inputs", event.path("inputs")));
    }

    private RunRecord named(RunRecord run, Workflow workflow, Contexts contexts) {
        String title = workflow.runName()
                .map(name -> name.evaluate(contexts).strip())
                .filter(name -> !name.isEmpty())
                .orElse(run.workflowName());
        RunRecord named = run.named(
                title,
                workflow.concurrency()
                        .map(group -> group.group().evaluate(contexts))
                        .orElse(null),
                workflow.concurrency()
                        .map(group -> group.cancelInProgress().evaluate(contexts))
                        .filter("true"::equals)
                        .isPresent());
        return named.withLatest(attempt -> attempt.withJobs(jobs(workflow, contexts, attempt), run.createdAt()));
    }

    private List<JobRecord> jobs(Workflow workflow, Contexts contexts, AttemptRecord attempt) {
        return workflow.jobs().stream()
                .map(job -> JobRecord.queued(
                        runs.nextId(),
                        job.id(),
                        job.name().map(name -> name.evaluate(contexts)).orElse(job.id()),
                        attempt.number(),
                        labels(((Job.Steps) job.body()).runsOn().evaluate(contexts)),
                        UUID.randomUUID().toString(),
                        attempt.startedAt()))
                .toList();
    }

    private static List<String> labels(JsonNode runsOn) {
        List<String> labels = new ArrayList<>();
        if (runsOn.isArray()) {
            runsOn.forEach(label -> labels.add(label.asText()));
        } else {
            labels.add(runsOn.asText());
        }
        return labels;
    }
}
