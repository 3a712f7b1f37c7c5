package io.github.batchferry.provider.batch;

import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubRateLimitException;
import io.github.batchferry.github.GitHubUnreachableException;
import io.github.batchferry.github.RepositoryApi;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.wire.BatchId;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The step run, as the client sees it: looks at the run until it is over. Only the run's own word ends the wait early. */
final class Watch {
    private final BatchId batch;
    private final BatchRun run;
    private final LookSchedule schedule;
    private final Clock clock;
    private final Pause pause;
    private final BatchListener listener;

    // Mutable state
    private Optional<WorkflowRun> last = Optional.empty();
    private boolean absent;

    Watch(BatchId batch, BatchRun run, LookSchedule schedule, Clock clock, Pause pause, BatchListener listener) {
        this.batch = batch;
        this.run = run;
        this.schedule = schedule;
        this.clock = clock;
        this.pause = pause;
        this.listener = listener;
    }

    /**
     * Looks until the run is over, is certain not to exist, or the time is up.
     *
     * @param timeout longest time to wait, from now
     */
    RunReport untilOver(Duration timeout, RepositoryApi repository)
            throws GitHubException, IOException, InterruptedException {
        Instant deadline = clock.instant().plus(timeout);
        if (!run.begun()) {
            return new RunReport(batch, Optional.empty(), Optional.empty());
        }
        await(Duration.between(clock.instant(), run.since().plus(schedule.first())), deadline);
        while (true) {
            Duration wait = look();
            if (last.filter(WorkflowRun::completed).isPresent()
                    || absent
                    || !clock.instant().isBefore(deadline)) {
                return new RunReport(batch, last, last.flatMap(ended -> FailureDetails.of(ended, repository)));
            }
            await(wait, deadline);
        }
    }

    /** Looks once and says how long to wait for the next time. */
    private Duration look() throws GitHubException, IOException {
        Duration next = schedule.next(Duration.between(run.since(), clock.instant()));
        try {
            Optional<WorkflowRun> seen = run.look();
            seen.ifPresent(now -> listener.looked(batch, now));
            last = seen.or(() -> last);
            absent = last.isEmpty() && run.certainlyAbsent();
            return next;
        } catch (GitHubUnreachableException | GitHubRateLimitException e) {
            Duration asked = e instanceof GitHubRateLimitException limit ? limit.waitTime() : Duration.ZERO;
            Duration wait = asked.compareTo(next) > 0 ? asked : next;
            listener.lookFailed(batch, e.getMessage(), wait);
            return wait;
        }
    }

    private void await(Duration wait, Instant deadline) throws InterruptedException {
        Duration left = Duration.between(clock.instant(), deadline);
        Duration shorter = wait.compareTo(left) < 0 ? wait : left;
        if (shorter.compareTo(Duration.ZERO) > 0) {
            pause.await(shorter);
        }
    }
}
