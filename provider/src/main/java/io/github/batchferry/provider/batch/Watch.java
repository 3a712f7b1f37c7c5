package io.github.batchferry.provider.batch;

import io.github.batchferry.github.GitHubAuthenticationException;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubNotFoundException;
import io.github.batchferry.github.GitHubRateLimitException;
import io.github.batchferry.github.Quota;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.connection.RunnerConnection;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.RunProgress;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The step run, as the client sees it: looks at the run until it is over, and listens to its heartbeat in between. Only the
 * run's own word ends the wait early. A look that fails is just followed by another, whatever a proxy or a server in trouble
 * answers; only a token that is not accepted and a run that is gone for good cannot get better.
 */
final class Watch {
    private static final int GONE = 410;

    /** One 404 may be a server that lags behind the others; a second one, so much later, is not. */
    private static final Duration SECOND_OPINION = Duration.ofSeconds(10);

    private final BatchId batch;
    private final BatchRun run;
    private final RunnerConnection runner;
    private final Heartbeats heartbeats;
    private final LookSchedule schedule;
    private final Clock clock;
    private final Pause pause;
    private final BatchListener listener;
    private final WaitingReasons reasons;
    private final JobStates jobs;
    private final CallBudget budget = new CallBudget();

    // Mutable state
    private Outlook outlook;
    private Optional<WorkflowRun> last = Optional.empty();
    private Optional<String> waiting = Optional.empty();
    private Optional<Instant> missingSince = Optional.empty();
    private Instant nextLook;
    private Instant nextBeat;
    private int limited;
    private boolean absent;

    Watch(
            BatchId batch,
            BatchRun run,
            RunnerConnection runner,
            Heartbeats heartbeats,
            LookSchedule schedule,
            Clock clock,
            Pause pause,
            BatchListener listener) {
        this.batch = batch;
        this.run = run;
        this.runner = runner;
        this.heartbeats = heartbeats;
        this.schedule = schedule;
        this.clock = clock;
        this.pause = pause;
        this.listener = listener;
        this.reasons = new WaitingReasons(runner.actions());
        this.jobs = new JobStates(runner.actions(), listener);
        this.outlook = Outlook.from(run.since());
        this.nextLook = run.since().plus(schedule.first());
        this.nextBeat = clock.instant().plus(schedule.beat(clock.instant(), outlook, false));
    }

    /** Looks until the run is over, is certain not to exist, or the time is up. */
    RunReport untilOver(Patience patience) throws GitHubException, IOException, InterruptedException {
        Instant deadline = clock.instant().plus(patience.timeout());
        if (!run.begun()) {
            return new RunReport(batch, Optional.empty(), Optional.empty());
        }
        while (true) {
            awaitNext(deadline);
            Instant now = clock.instant();
            if (!now.isBefore(nextBeat)) {
                listen(now);
            }
            if (now.isBefore(nextLook) && now.isBefore(deadline)) {
                continue;
            }
            look(now);
            if (last.filter(WorkflowRun::completed).isPresent()
                    || absent
                    || !now.isBefore(deadline)
                    || queuedTooLong(patience, now)) {
                return report();
            }
        }
    }

    private RunReport report() {
        return new RunReport(
                batch, last, last.flatMap(ended -> FailureDetails.of(ended, runner.repository())), waiting);
    }

    private boolean queuedTooLong(Patience patience, Instant now) {
        boolean queued = last.filter(WaitingReasons::waits).isPresent();
        return queued
                && patience.queue()
                        .filter(longest -> outlook.age(now).compareTo(longest) >= 0)
                        .isPresent();
    }

    private void awaitNext(Instant deadline) throws InterruptedException {
        Instant next = nextBeat.isBefore(nextLook) ? nextBeat : nextLook;
        Duration wait = Duration.between(clock.instant(), next.isBefore(deadline) ? next : deadline);
        if (wait.compareTo(Duration.ZERO) > 0) {
            pause.await(wait);
        }
    }

    private void look(Instant now) throws GitHubException, IOException {
        int before = run.counted();
        try {
            Optional<WorkflowRun> seen = run.look();
            seen.ifPresent(this::seen);
            note(before, seen);
            absent = last.isEmpty() && run.certainlyAbsent();
            missingSince = Optional.empty();
            limited = 0;
            nextLook = now.plus(schedule.look(now, outlook, budget, dear()));
        } catch (GitHubException e) {
            throwIfPermanent(e, now);
            Duration wait = longer(schedule.look(now, outlook, budget, false), asked(e));
            nextLook = now.plus(wait);
            listener.lookFailed(batch, e.getMessage(), wait);
        }
    }

    private void note(int before, Optional<WorkflowRun> seen) {
        boolean news = !seen.equals(last) || last.isEmpty();
        last = seen.or(() -> last);
        if (run.counted() > before) {
            budget.counted(news);
        } else {
            budget.free();
        }
    }

    private boolean dear() {
        return budget.dear() || runner.actions().quota().filter(Quota::scarce).isPresent();
    }

    private void seen(WorkflowRun now) {
        listener.looked(batch, now);
        jobs.seen(batch, now);
        Optional<String> reason = reasons.of(now, outlook.age(clock.instant()));
        if (!reason.equals(waiting)) {
            reason.ifPresent(words -> listener.waits(batch, words));
            waiting = reason;
        }
        boolean working = !WaitingReasons.waits(now);
        if (working && !outlook.working()) {
            // what was planned for a run that waits is too late for one that works
            nextBeat = clock.instant().plus(schedule.beat(clock.instant(), outlook, false));
        }
        outlook = outlook.working(working);
    }

    private void throwIfPermanent(GitHubException e, Instant now) throws GitHubException {
        if (e instanceof GitHubAuthenticationException || e.status() == GONE) {
            throw e;
        }
        if (e instanceof GitHubNotFoundException) {
            if (missingSince
                    .filter(first -> !now.isBefore(first.plus(SECOND_OPINION)))
                    .isPresent()) {
                throw e;
            }
            missingSince = missingSince.or(() -> Optional.of(now));
        }
    }

    private Duration asked(GitHubException e) {
        limited = e instanceof GitHubRateLimitException ? limited + 1 : 0;
        return e instanceof GitHubRateLimitException limit ? limit.waitTime(limited) : Duration.ZERO;
    }

    private void listen(Instant now) {
        if (outlook.working() || dear()) {
            heartbeats.listen().ifPresent(beat -> heard(beat, now));
        }
        nextBeat = now.plus(schedule.beat(now, outlook, dear()));
    }

    private void heard(Heartbeats.Beat beat, Instant now) {
        Optional<RunProgress> progress = beat.progress().filter(this::isOfThisRun);
        progress.ifPresent(heard -> listener.progressed(batch, heard));
        outlook = outlook.expecting(progress.flatMap(RunProgress::estimatedEnd));
        boolean ended = beat.complete() || progress.isPresent() && !beat.working();
        if (ended && outlook.endedWork().isEmpty()) {
            outlook = outlook.workEnded(now);
            // the job ends in a moment
            Instant soon = now.plus(schedule.look(now, outlook, budget, dear()));
            nextLook = soon.isBefore(nextLook) ? soon : nextLook;
        }
    }

    /** What an earlier run or attempt left says nothing about this one. */
    private boolean isOfThisRun(RunProgress progress) {
        return last.filter(seen -> seen.id() == progress.runId() && seen.attempt() == progress.runAttempt())
                .isPresent();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
