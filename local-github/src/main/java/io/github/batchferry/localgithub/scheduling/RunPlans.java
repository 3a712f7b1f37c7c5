package io.github.batchferry.localgithub.scheduling;

import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.Repositories;
import io.github.batchferry.localgithub.scheduling.plan.PlanCheck;
import io.github.batchferry.localgithub.scheduling.plan.PlannedWorkflow;
import io.github.batchferry.localgithub.scheduling.plan.PlannedWorkflow.Origin;
import io.github.batchferry.localgithub.store.ReferencedWorkflow;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.workflow.InvalidWorkflowException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the workflow files that runs consist of, and refuses what cannot run here. */
final class RunPlans {
    private final Repositories repositories;
    private final RepositoryDocument<RepositorySettings> settings;

    RunPlans(Repositories repositories, RepositoryDocument<RepositorySettings> settings) {
        this.repositories = repositories;
        this.settings = settings;
    }

    /**
     * Reads a workflow and all it calls, as they are now.
     *
     * @throws InvalidWorkflowException with everything that is wrong with any of them
     */
    PlannedWorkflow read(Origin origin) throws IOException, InvalidWorkflowException {
        return read(origin, Map.of());
    }

    /**
     * Reads what a run consists of once more: its own files at its commit, and those of other repositories as they are
     * now, or, if only a part of its jobs runs again, as they were.
     *
     * @throws InvalidWorkflowException with everything that is wrong with any of them
     */
    PlannedWorkflow again(RunRecord run, boolean all) throws IOException, InvalidWorkflowException {
        Map<String, String> pinned = all
                ? Map.of()
                : run.referencedWorkflows().stream()
                        .collect(Collectors.toMap(
                                ReferencedWorkflow::path, ReferencedWorkflow::sha, (first, second) -> first));
        return read(new Origin(run.repositoryName(), run.workflowPath(), run.ref(), run.sha()), pinned);
    }

    private PlannedWorkflow read(Origin origin, Map<String, String> pinned)
            throws IOException, InvalidWorkflowException {
        CalledWorkflows files = new CalledWorkflows(repositories, pinned);
        PlannedWorkflow read = files.read(origin);
        PlannedWorkflow planned =
                settings.of(origin.repository()).workflowRights().write() ? read : read.onlyReading();
        List<String> problems = new ArrayList<>(PlanCheck.problems(planned));
        HostedRepository repository = repositories.find(origin.repository()).orElseThrow();
        problems.addAll(new LocalActions(repository, origin.sha()).problems(planned));
        if (!problems.isEmpty()) {
            throw new InvalidWorkflowException(problems);
        }
        return planned;
    }
}
