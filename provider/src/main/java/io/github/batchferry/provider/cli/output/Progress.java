package io.github.batchferry.provider.cli.output;

import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.batch.BatchListener;
import io.github.batchferry.provider.journal.DamagedBatch;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.RunProgress;
import io.github.batchferry.wire.config.DurationText;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Tells on stderr what happens to a batch: a line whenever something changes and, on a terminal, one line in between that is
 * written over and shows how far the batch is and for how long the run has been as it is. Elsewhere that is a line for every
 * tenth of the requests, and once a minute. In a job of GitHub Actions the lines are a group that can be folded, and none of
 * them is taken for a command. Not thread-safe.
 */
public final class Progress implements BatchListener {
    private static final Duration REPEATED = Duration.ofSeconds(60);

    private final PrintStream err;
    private final boolean live;
    private final boolean actions;
    private final Clock clock;
    private final ProgressLine far = new ProgressLine();

    // Mutable state
    private Optional<Instant> toldAt = Optional.empty();
    private int toldTenths;
    private boolean inGroup;
    private Optional<BatchId> batch = Optional.empty();
    private String lastLook = "";
    private String lastFailure = "";
    private Instant changedAt;
    private boolean urlShown;
    private String jobs = "";
    private int liveWidth;

    /** @param live whether the stream is a terminal on which a line can be written over */
    public Progress(PrintStream err, boolean live, Clock clock) {
        this(err, live, false, clock);
    }

    /** @param actions whether the stream is the log of a GitHub Actions job */
    public Progress(PrintStream err, boolean live, boolean actions, Clock clock) {
        this.err = err;
        this.live = live && !actions;
        this.actions = actions;
        this.clock = clock;
        this.changedAt = clock.instant();
    }

    /** The batch that is worked on, as soon as there is one. */
    public Optional<BatchId> batch() {
        return batch;
    }

    /** Says which batch is worked on where that is known from the start. */
    public void expect(BatchId known) {
        batch = Optional.of(known);
    }

    /** Prints a line of talk, apart from the line that is written over. */
    public void say(String text) {
        clear();
        if (actions && !inGroup) {
            err.println(ActionsLog.group("ferry" + batch.map(id -> " " + id).orElse("")));
            inGroup = true;
        }
        err.println(actions ? ActionsLog.plain(text) : text);
    }

    /** Ends what is shown while work goes on; what follows is its outcome. */
    public void end() {
        clear();
        if (inGroup) {
            err.println(ActionsLog.endGroup());
            inGroup = false;
        }
    }

    /** Removes the line that is written over, so that others may print. */
    public void clear() {
        if (liveWidth > 0) {
            err.print("\r" + " ".repeat(liveWidth) + "\r");
            err.flush();
            liveWidth = 0;
        }
    }

    @Override
    public void damaged(DamagedBatch unreadable) {
        say("cannot tell whether batch " + unreadable.id() + " has the same requests: "
                + Printable.line(unreadable.reason()));
    }

    @Override
    public void prepared(BatchId id, long requests) {
        expect(id);
        say("prepared " + Amounts.count(requests, "request") + " as batch " + id);
    }

    @Override
    public void answeredFromCache(BatchId id, long cached, long requests) {
        say(Amounts.number(cached) + " of " + Amounts.number(requests) + " from the cache"
                + (cached == requests ? "; nothing is dispatched" : ""));
    }

    @Override
    public void notKeptInCache(BatchId id, String reason) {
        say("cannot keep the responses in the cache: " + Printable.line(reason));
    }

    @Override
    public void delivered(BatchId id, boolean inline, long bytes) {
        String where = inline ? "inside the dispatch" : "on branch " + BatchFiles.requestsBranch(id);
        say("delivered " + Amounts.bytes(bytes) + " " + where);
    }

    @Override
    public void dispatched(BatchId id) {
        expect(id);
        say("dispatched");
    }

    @Override
    public void looked(BatchId id, WorkflowRun run) {
        expect(id);
        lastFailure = "";
        if (!urlShown) {
            say("run " + Printable.line(run.htmlUrl().toString()));
            urlShown = true;
        }
        String look = describe(run);
        if (look.equals(lastLook)) {
            showLive();
        } else {
            changedAt = clock.instant();
            lastLook = look;
            say(look);
        }
    }

    /** That none is done stays true for a moment only, and nobody looks again so soon. */
    @Override
    public void jobs(BatchId id, long done, long all) {
        jobs = done == 0 ? "" : "  " + Amounts.number(done) + " of " + Amounts.count(all, "job") + " done";
        showLive();
    }

    @Override
    public void progressed(BatchId id, RunProgress progress) {
        far.heard(progress);
        if (live) {
            showLive();
        } else {
            tellIfDue();
        }
    }

    private void showLive() {
        Instant now = clock.instant();
        String state = lastLook + " for " + Amounts.wholeSeconds(Duration.between(changedAt, now)) + jobs;
        overwrite(far.text(now).map(text -> text + "  " + state).orElse(state));
    }

    private void tellIfDue() {
        Instant now = clock.instant();
        boolean late =
                toldAt.filter(before -> now.isBefore(before.plus(REPEATED))).isEmpty();
        if (late || far.tenths() > toldTenths) {
            toldAt = Optional.of(now);
            toldTenths = far.tenths();
            far.text(now).ifPresent(this::say);
        }
    }

    @Override
    public void waits(BatchId id, String reason) {
        say(Printable.line(reason));
    }

    @Override
    public void dispatchDelayed(BatchId id, String reason, Duration nextIn) {
        say(Printable.line(reason) + "; sending it again in "
                + DurationText.format(nextIn.truncatedTo(ChronoUnit.MILLIS)));
    }

    @Override
    public void runLost(BatchId id, long runId) {
        newRun();
        say("run " + runId + " is gone; the batch is dispatched once more");
    }

    @Override
    public void stopping(BatchId id, WorkflowRun run) {
        say("the time to wait is up; cancelling the run, as on_timeout says");
    }

    private void newRun() {
        lastLook = "";
        jobs = "";
        urlShown = false;
        toldTenths = 0;
        toldAt = Optional.empty();
        far.clear();
    }

    @Override
    public void lookFailed(BatchId id, String reason, Duration nextIn) {
        boolean stopping = Thread.currentThread().isInterrupted();
        if (!stopping && !reason.equals(lastFailure)) {
            lastFailure = reason;
            say("could not look at the run: " + Printable.line(reason) + "; looking again in "
                    + DurationText.format(nextIn.truncatedTo(ChronoUnit.MILLIS)));
        }
    }

    @Override
    public void restarted(BatchId id, WorkflowRun run) {
        expect(id);
        lastLook = "";
        jobs = "";
        say("the run ended without complete results and was started again");
    }

    @Override
    public void continued(BatchId id, RunProgress paused) {
        expect(id);
        newRun();
        say("the run paused with " + Amounts.number(paused.answered()) + " of "
                + Amounts.count(paused.total(), "request")
                + " answered, as the time of its job was up; another run goes on"
                + " with the rest");
    }

    @Override
    public void notContinued(BatchId id, RunProgress paused) {
        expect(id);
        say("the run paused with " + Amounts.number(paused.answered()) + " of "
                + Amounts.count(paused.total(), "request")
                + " answered, none of them new, so no other run is started; give the jobs more time (FERRY_DEADLINE in"
                + " the workflow), then: ferry resume " + id);
    }

    @Override
    public void collected(BatchId id, long responses) {
        expect(id);
        say("collected " + Amounts.count(responses, "response"));
    }

    private static String describe(WorkflowRun run) {
        String attempt = run.attempt() > 1 ? ", attempt " + run.attempt() : "";
        String conclusion = run.conclusion().map(word -> ": " + word).orElse("");
        return "run " + Printable.line(run.status().replace('_', ' ') + conclusion) + attempt;
    }

    private void overwrite(String text) {
        if (live) {
            err.print("\r" + text + " ".repeat(Math.max(0, liveWidth - text.length())));
            err.flush();
            liveWidth = Math.max(liveWidth, text.length());
        }
    }
}
