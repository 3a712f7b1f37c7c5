package io.github.batchferry.localgithub.scheduling;

import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.TreeEntry;
import io.github.batchferry.localgithub.scheduling.plan.PlannedWorkflow;
import io.github.batchferry.localgithub.workflow.ActionFile;
import io.github.batchferry.localgithub.workflow.ActionReference;
import io.github.batchferry.localgithub.workflow.InvalidWorkflowException;
import io.github.batchferry.localgithub.workflow.Job;
import io.github.batchferry.localgithub.workflow.Step;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the actions of a run's own repository that its steps name, as far as they are in its commit, so that what cannot
 * run here is refused before anything runs. One that is not in the commit may still come about while the job runs. Not
 * thread-safe.
 */
final class LocalActions {
    private final HostedRepository repository;
    private final String commit;

    // Mutable state
    private final Set<String> seen = new LinkedHashSet<>();
    private final Set<String> problems = new LinkedHashSet<>();

    LocalActions(HostedRepository repository, String commit) {
        this.repository = repository;
        this.commit = commit;
    }

    /** Every problem of every action that a workflow, or one that it calls, names. */
    Set<String> problems(PlannedWorkflow root) throws IOException {
        for (Job job : root.workflow().jobs()) {
            if (job.body() instanceof Job.Steps steps) {
                read(steps.steps());
            }
        }
        for (PlannedWorkflow called : root.calls().values()) {
            problems(called);
        }
        return problems;
    }

    private void read(List<Step> steps) throws IOException {
        for (Step step : steps) {
            if (step instanceof Step.Uses uses
                    && uses.action() instanceof ActionReference.Local local
                    && seen.add(local.path())) {
                read(local.path());
            }
        }
    }

    private void read(String folder) throws IOException {
        for (String name : ActionFile.NAMES) {
            String path = folder.isEmpty() ? name : folder + "/" + name;
            if (repository.entry(commit, path).orElse(null) instanceof TreeEntry.File file) {
                try {
                    read(ActionFile.read(path, repository.read(file)).steps());
                } catch (InvalidWorkflowException e) {
                    problems.addAll(e.problems());
                }
                return;
            }
        }
    }
}
