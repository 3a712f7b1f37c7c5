package io.github.batchferry.provider.batch;

import io.github.batchferry.github.ActionsApi;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.WorkflowJob;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.wire.BatchId;
import java.util.List;

/**
 * Finds out how many jobs of a run are done. That call is counted, so it is made only where the run itself changed, and a few
 * times for each wait. Not thread-safe.
 */
final class JobStates {
    private static final int MOST_CALLS = 3;

    /** GitHub lists no more at once; of a run that may have more nothing is said. */
    private static final int MOST_JOBS = 100;

    private final ActionsApi actions;
    private final BatchListener listener;

    // Mutable state
    private String last = "";
    private boolean worked;
    private int calls;

    JobStates(ActionsApi actions, BatchListener listener) {
        this.actions = actions;
        this.listener = listener;
    }

    /** Takes a look at the run. When one that was seen waiting begins, no job of it can be done. */
    void seen(BatchId batch, WorkflowRun run) {
        boolean works = !WaitingReasons.waits(run);
        String state = run.attempt() + " " + run.status();
        boolean tells = worked || works && last.isEmpty();
        if (tells && !run.completed() && !state.equals(last) && calls < MOST_CALLS) {
            calls++;
            ask(batch, run);
        }
        worked |= works;
        last = state;
    }

    private void ask(BatchId batch, WorkflowRun run) {
        try {
            List<WorkflowJob> jobs = actions.jobsOf(run.id());
            if (!jobs.isEmpty() && jobs.size() < MOST_JOBS) {
                long done = jobs.stream()
                        .filter(job -> job.conclusion().isPresent())
                        .count();
                listener.jobs(batch, done, jobs.size());
            }
        } catch (GitHubException e) {
            // only talk: the wait goes on without it
        }
    }
}
