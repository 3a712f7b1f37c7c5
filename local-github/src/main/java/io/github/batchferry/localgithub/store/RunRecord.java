package io.github.batchferry.localgithub.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is known of a run, with all its attempts.
 *
 * @param id number that no other job or run has; later runs have larger ones
 * @param owner of the repository
 * @param repository its name
 * @param workflowPath path of the workflow's file
 * @param workflowName for people
 * @param number counts the runs of the workflow, from 1
 * @param event name of what started it, such as {@code workflow_dispatch}
 * @param title from {@code run-name}
 * @param ref full name of what was dispatched, such as {@code refs/heads/main}
 * @param sha commit it pointed at, whose copy of the workflow runs
 * @param actor who dispatched it
 * @param concurrencyGroup null if it belongs to none
 * @param cancelInProgress whether it stops the running run of its group
 * @param referencedWorkflows the workflow files that it calls
 * @param createdAt when it was dispatched
 * @param attempts at least one, the latest last
 */
public record RunRecord(
        long id,
        String owner,
        String repository,
        String workflowPath,
        String workflowName,
        int number,
        String event,
        String title,
        String ref,
        String sha,
        String actor,
        String concurrencyGroup,
        boolean cancelInProgress,
        List<ReferencedWorkflow> referencedWorkflows,
        Instant createdAt,
        List<AttemptRecord> attempts) {
    public RunRecord {
        // runs of older versions have none on record
        referencedWorkflows = referencedWorkflows == null ? List.of() : List.copyOf(referencedWorkflows);
        attempts = List.copyOf(attempts);
    }

    /** The repository it belongs to. */
    public RepositoryName repositoryName() {
        return new RepositoryName(owner, repository);
    }

    /** The latest attempt. */
    public AttemptRecord latest() {
        return attempts.get(attempts.size() - 1);
    }

    /** An attempt by its number, counted from 1. */
    public Optional<AttemptRecord> attempt(int wanted) {
        return attempts.stream().filter(attempt -> attempt.number() == wanted).findFirst();
    }

    /** Short name of the branch or tag it was dispatched on. */
    public String refName() {
        return ref.replaceFirst("^refs/(heads|tags)/", "");
    }

    /** The run with what is only known once its expressions can be evaluated. */
    public RunRecord named(String newTitle, String group, boolean cancels) {
        return copy(newTitle, group, cancels, referencedWorkflows, attempts);
    }

    /** The run with the workflow files that it calls. */
    public RunRecord calling(List<ReferencedWorkflow> referenced) {
        return copy(title, concurrencyGroup, cancelInProgress, referenced, attempts);
    }

    /** The run with its latest attempt changed. */
    public RunRecord withLatest(UnaryOperator<AttemptRecord> change) {
        List<AttemptRecord> changed = new ArrayList<>(attempts);
        changed.set(changed.size() - 1, change.apply(latest()));
        return withAttempts(changed);
    }

    /** The run with one more attempt. */
    public RunRecord withAttempt(AttemptRecord attempt) {
        List<AttemptRecord> more = new ArrayList<>(attempts);
        more.add(attempt);
        return withAttempts(more);
    }

    private RunRecord withAttempts(List<AttemptRecord> others) {
        return copy(title, concurrencyGroup, cancelInProgress, referencedWorkflows, others);
    }

    private RunRecord copy(
            String newTitle,
            String group,
            boolean cancels,
            List<ReferencedWorkflow> referenced,
            List<AttemptRecord> others) {
        return new RunRecord(
                id,
                owner,
                repository,
                workflowPath,
                workflowName,
                number,
                event,
                newTitle,
                ref,
                sha,
                actor,
                group,
                cancels,
                referenced,
                createdAt,
                others);
    }
}
