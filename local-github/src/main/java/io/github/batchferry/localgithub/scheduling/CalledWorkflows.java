package io.github.batchferry.localgithub.scheduling;

import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.Repositories;
import io.github.batchferry.localgithub.hosting.TreeEntry;
import io.github.batchferry.localgithub.scheduling.plan.PlannedWorkflow;
import io.github.batchferry.localgithub.scheduling.plan.PlannedWorkflow.Origin;
import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.workflow.InvalidWorkflowException;
import io.github.batchferry.localgithub.workflow.Job;
import io.github.batchferry.localgithub.workflow.Workflow;
import io.github.batchferry.localgithub.workflow.WorkflowFile;
import io.github.batchferry.localgithub.workflow.WorkflowReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a workflow file and those it calls, from its own repository at its own commit or from others hosted here. Each
 * file is read once. Not thread-safe.
 */
final class CalledWorkflows {
    private static final int DEEPEST = 10;
    private static final int MOST = 256;

    private final Repositories repositories;
    private final Map<String, String> pinned;

    // Mutable state
    private final Map<Origin, Optional<Workflow>> files = new HashMap<>();
    private final Set<String> problems = new LinkedHashSet<>();
    private int calls;

    /** @param pinned commits to take instead of what a reference points at now, by {@code owner/name/path@ref} */
    CalledWorkflows(Repositories repositories, Map<String, String> pinned) {
        this.repositories = repositories;
        this.pinned = pinned;
    }

    /**
     * Reads a run's own workflow, and what it calls.
     *
     * @throws InvalidWorkflowException with every problem of every file
     */
    PlannedWorkflow read(Origin origin) throws IOException, InvalidWorkflowException {
        Optional<PlannedWorkflow> planned = read(origin, List.of());
        if (!problems.isEmpty()) {
            throw new InvalidWorkflowException(List.copyOf(problems));
        }
        return planned.orElseThrow();
    }

    private Optional<PlannedWorkflow> read(Origin origin, List<Origin> callers) throws IOException {
        if (!files.containsKey(origin)) {
            files.put(origin, file(origin));
        }
        Optional<Workflow> workflow = files.get(origin);
        return workflow.isEmpty() ? Optional.empty() : Optional.of(planned(origin, workflow.get(), callers));
    }

    private Optional<Workflow> file(Origin origin) throws IOException {
        HostedRepository repository = repositories.find(origin.repository()).orElseThrow();
        TreeEntry entry = repository.entry(origin.sha(), origin.path()).orElse(null);
        if (!(entry instanceof TreeEntry.File file)) {
            problems.add("find no workflow `" + origin + "` in commit " + origin.sha());
            return Optional.empty();
        }
        try {
            return Optional.of(
                    WorkflowFile.read(origin.path(), repository.read(file)).workflow());
        } catch (InvalidWorkflowException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    private PlannedWorkflow planned(Origin origin, Workflow workflow, List<Origin> callers) throws IOException {
        List<Origin> chain = new ArrayList<>(callers);
        chain.add(origin);
        Map<String, PlannedWorkflow> calls = new LinkedHashMap<>();
        for (Job job : workflow.jobs()) {
            if (job.body() instanceof Job.Call call) {
                called(origin, job, call.workflow(), chain).ifPresent(called -> calls.put(job.id(), called));
            }
        }
        return new PlannedWorkflow(workflow, origin, calls);
    }

    private Optional<PlannedWorkflow> called(Origin caller, Job job, WorkflowReference reference, List<Origin> chain)
            throws IOException {
        String where = caller.path() + ": the job `" + job.id() + "` ";
        Optional<Origin> origin = origin(caller, reference, where);
        if (origin.isEmpty()) {
            return Optional.empty();
        }
        if (chain.contains(origin.get())) {
            problems.add(where + "calls `" + reference + "`, which calls it: workflows cannot call themselves");
            return Optional.empty();
        }
        if (chain.size() > DEEPEST) {
            problems.add(where + "calls one level too many: at most " + DEEPEST + " workflows can call each other");
            return Optional.empty();
        }
        if (++calls > MOST) {
            problems.add(where + "calls one workflow too many: at most " + MOST + " calls can be made in a run");
            return Optional.empty();
        }
        Optional<PlannedWorkflow> called = read(origin.get(), chain);
        if (called.filter(planned -> planned.workflow().call().isEmpty()).isPresent()) {
            problems.add(where + "calls `" + reference + "`, which lacks the trigger `workflow_call`");
            return Optional.empty();
        }
        return called;
    }

    private Optional<Origin> origin(Origin caller, WorkflowReference reference, String where) throws IOException {
        if (reference.repository().isEmpty()) {
            return Optional.of(new Origin(caller.repository(), reference.path(), caller.ref(), caller.sha()));
        }
        String[] name = reference.repository().get().split("/", 2);
        RepositoryName repository = new RepositoryName(name[0], name[1]);
        Optional<HostedRepository> hosted = repositories.find(repository);
        if (hosted.isEmpty()) {
            problems.add(where + "calls `" + reference + "`, but the embedded GitHub hosts no repository `" + repository
                    + "`; create it and push the workflow to it");
            return Optional.empty();
        }
        String ref = reference.ref().orElseThrow();
        String pin = pinned.get(reference.toString());
        Optional<String> sha = pin != null ? Optional.of(pin) : hosted.get().commitOf(Optional.of(ref));
        if (sha.isEmpty()) {
            problems.add(where + "calls `" + reference + "`, but there is no branch, tag or commit `" + ref + "`");
        }
        return sha.map(commit -> new Origin(repository, reference.path(), ref, commit));
    }
}
