package io.github.batchferry.provider.batch;

import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubRateLimitException;
import io.github.batchferry.github.GitHubUnreachableException;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.connection.RunnerConnection;
import io.github.batchferry.provider.journal.JournalEvent.Dispatching;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds the run of a batch by its name, for when GitHub did not say, or could not be heard saying, which run a dispatch
 * became. Lists of runs lag behind, so that a run not seen is only taken for absent after three minutes.
 */
final class RunSearch {
    /** How long after a dispatch its run may take to show. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final int LISTED_RUNS = 100;
    private static final String EVENT = "workflow_dispatch";

    private final Clock clock;
    private final Pause pause;
    private final BatchListener listener;

    RunSearch(Clock clock, Pause pause, BatchListener listener) {
        this.clock = clock;
        this.pause = pause;
        this.listener = listener;
    }

    /** When a run that does not show can be taken for absent. */
    Instant certainAt(Dispatching dispatch) {
        Instant now = clock.instant();
        // a clock that was set back must not make the wait longer
        return (dispatch.at().isAfter(now) ? now : dispatch.at()).plus(PATIENCE);
    }

    /** Looks through the newest runs once. */
    Optional<WorkflowRun> look(RunnerConnection runner, BatchId batch, Dispatching dispatch) throws GitHubException {
        String name = BatchFiles.runName(batch);
        List<WorkflowRun> runs = runner.actions().recentRuns(runner.workflow());
        Optional<WorkflowRun> found = runs.stream()
                .filter(run -> run.displayTitle().equals(name)
                        && run.event().equals(EVENT)
                        && run.id() > dispatch.highestRunId())
                .findFirst();
        if (found.isEmpty()
                && runs.size() >= LISTED_RUNS
                && runs.stream().allMatch(run -> run.id() > dispatch.highestRunId())) {
            throw new GitHubException(
                    "cannot tell whether batch `" + batch + "` was dispatched: " + LISTED_RUNS
                            + " newer runs hide it; look for a run named `" + name + "` among the runs of `"
                            + runner.workflow() + "`",
                    0);
        }
        return found;
    }

    /**
     * Looks until the run shows, or until it is certain that there is none.
     *
     * @return empty if there is certainly none
     * @throws GitHubException if that could not be found out
     */
    Optional<WorkflowRun> untilCertain(RunnerConnection runner, BatchId batch, Dispatching dispatch)
            throws GitHubException, InterruptedException {
        Instant certain = certainAt(dispatch);
        for (Duration next = FIRST_PAUSE; ; next = longer(next)) {
            boolean last = !clock.instant().isBefore(certain);
            Duration wait = next;
            try {
                Optional<WorkflowRun> run = look(runner, batch, dispatch);
                if (run.isPresent() || last) {
                    return run;
                }
            } catch (GitHubUnreachableException | GitHubRateLimitException e) {
                if (last) {
                    throw e;
                }
                wait = e instanceof GitHubRateLimitException limit ? limit.waitTime() : next;
                listener.lookFailed(batch, e.getMessage(), wait);
            }
            pause.await(wait);
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }
}
