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
    private static final int LISTED_PAGES = 10;

    /** How far the clocks of client and server may be apart. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(2);

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

    /** Looks once through the runs since the dispatch. */
    Optional<WorkflowRun> look(RunnerConnection runner, BatchId batch, Dispatching dispatch) throws GitHubException {
        String name = BatchFiles.runName(batch);
        Instant before = dispatch.at().minus(CLOCK_DIFFERENCE);
        for (int page = 1; page <= LISTED_PAGES; page++) {
            List<WorkflowRun> runs = runner.actions().runs(runner.workflow(), page);
            Optional<WorkflowRun> found = runs.stream()
                    .filter(run -> run.displayTitle().equals(name)
                            && run.event().equals(EVENT)
                            && run.id() > dispatch.highestRunId())
                    .findFirst();
            if (found.isPresent() || runs.size() < LISTED_RUNS || reaches(runs, before)) {
                return found;
            }
        }
        throw new GitHubException(
                "cannot tell whether batch `" + batch + "` was dispatched: " + LISTED_PAGES * LISTED_RUNS
                        + " newer runs hide it; look for a run named `" + name + "` among the runs of `"
                        + runner.workflow() + "`",
                0);
    }

    private static boolean reaches(List<WorkflowRun> newestFirst, Instant time) {
        return newestFirst.get(newestFirst.size() - 1).createdAt().isBefore(time);
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
        int limited = 0;
        for (Duration next = FIRST_PAUSE; ; next = longer(next)) {
            boolean last = !clock.instant().isBefore(certain);
            Duration wait = next;
            try {
                Optional<WorkflowRun> run = look(runner, batch, dispatch);
                if (run.isPresent() || last) {
                    return run;
                }
            } catch (GitHubException e) {
                if (last || !passes(e)) {
                    throw e;
                }
                limited = e instanceof GitHubRateLimitException ? limited + 1 : 0;
                wait = e instanceof GitHubRateLimitException limit ? limit.waitTime(limited) : next;
                listener.lookFailed(batch, e.getMessage(), wait);
            }
            pause.await(wait);
        }
    }

    /** Whether asking again may help: a server in trouble, a limit, or a proxy's page in GitHub's place. */
    private static boolean passes(GitHubException e) {
        return e instanceof GitHubUnreachableException
                || e instanceof GitHubRateLimitException
                || e.status() >= 200 && e.status() < 400;
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }
}
