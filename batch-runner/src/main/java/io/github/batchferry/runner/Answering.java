package io.github.batchferry.runner;

import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.runner.engine.Backoff;
import io.github.batchferry.runner.engine.Engine;
import io.github.batchferry.runner.engine.FixedGate;
import io.github.batchferry.runner.engine.LaneSetup;
import io.github.batchferry.runner.engine.Pricing;
import io.github.batchferry.runner.job.Job;
import io.github.batchferry.runner.job.JobLog;
import io.github.batchferry.runner.loop.EventLoop;
import io.github.batchferry.runner.loop.ThreadEventLoop;
import io.github.batchferry.runner.loop.Waiting;
import io.github.batchferry.runner.plan.BatchPlan;
import io.github.batchferry.runner.publish.Adoption;
import io.github.batchferry.runner.publish.CommitMessages;
import io.github.batchferry.runner.publish.EarlierResults;
import io.github.batchferry.runner.publish.Heartbeat;
import io.github.batchferry.runner.publish.Origin;
import io.github.batchferry.runner.publish.Publication;
import io.github.batchferry.runner.publish.Publisher;
import io.github.batchferry.runner.publish.ResponseRecorder;
import io.github.batchferry.runner.publish.ResultsConflictException;
import io.github.batchferry.runner.publish.ResultsPush;
import io.github.batchferry.runner.publish.WorkDirectory;
import io.github.batchferry.runner.redaction.Redactor;
import io.github.batchferry.runner.requests.ForeignResponsesException;
import io.github.batchferry.runner.requests.RequestFile;
import io.github.batchferry.runner.requests.VendorQueue;
import io.github.batchferry.runner.tally.Progress;
import io.github.batchferry.runner.tally.Tally;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.Shard;
import io.github.batchferry.wire.vendors.VendorLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The second half of a run: asks vendors what is not answered yet, and publishes their answers meanwhile. */
final class Answering {
    private final Surroundings surroundings;
    private final Timing timing;
    private final Job job;
    private final Shard shard;
    private final BatchPlan plan;
    private final Tally tally;
    private final JobLog log;
    private final StopSignal stop;
    private final Backoff backoff;

    // Mutable state, written by the engine's thread
    private volatile boolean outOfTime;

    Answering(
            Surroundings surroundings, Job job, Shard shard, BatchPlan plan, Tally tally, JobLog log, StopSignal stop) {
        this.surroundings = surroundings;
        this.timing = surroundings.timing();
        this.job = job;
        this.shard = shard;
        this.plan = plan;
        this.tally = tally;
        this.log = log;
        this.stop = stop;
        this.backoff = Backoff.standard(surroundings.random());
    }

    /**
     * Answers and publishes.
     *
     * @param left how long requests may be sent; empty for as long as it takes
     * @return whether that was not long enough, so that requests are left for another run; what was answered is pushed
     * @throws StoppedException if it was stopped before all was answered; what was answered is pushed
     */
    boolean answer(
            RequestFile requests, EarlierResults earlier, GitRemote remote, WorkDirectory work, Optional<Duration> left)
            throws IOException, GitException, ResultsConflictException, StoppedException {
        try (ThreadEventLoop loop = new ThreadEventLoop("engine");
                ThreadEventLoop pushing = new ThreadEventLoop("publisher");
                ResultsPush push = new ResultsPush(remote, job.branch(shard), earlier.tip())) {
            Origin origin = origin(earlier);
            Heartbeat heartbeat = new Heartbeat(origin, tally, surroundings.clock());
            Publisher publisher = publisher(pushing, push, heartbeat);
            Publication publication = new Publication(
                    origin, tally, heartbeat, earlier, work.folder(), surroundings.clock(), loop, publisher);
            BitSet unanswered = unanswered(requests, earlier, work, publication);
            askOrSave(requests, unanswered, publication, loop, left);
            return !publish(publication, work);
        }
    }

    /** Asks; if that breaks (a full disk, a defect), what was answered is paid for and is pushed all the same. */
    private void askOrSave(
            RequestFile requests, BitSet unanswered, Publication publication, EventLoop loop, Optional<Duration> left)
            throws IOException {
        try {
            ask(requests, unanswered, publication, loop, left);
        } catch (IOException | RuntimeException e) {
            try {
                publication.stop("the run failed", timing.stopPush());
            } catch (GitException | IOException | RuntimeException lost) {
                e.addSuppressed(lost);
            }
            throw e;
        }
    }

    private Publisher publisher(EventLoop pushing, ResultsPush push, Heartbeat heartbeat) {
        CommitMessages messages = new CommitMessages(job.manifest(), shard, tally.total());
        return new Publisher(pushing, push, backoff, messages, heartbeat::running, log::line);
    }

    private Origin origin(EarlierResults earlier) {
        return surroundings.origin(job, shard, earlier.startedAt());
    }

    private BitSet unanswered(RequestFile requests, EarlierResults earlier, WorkDirectory work, Publication publication)
            throws IOException, ResultsConflictException {
        Set<CustomId> answered = new HashSet<>(earlier.answered());
        long adopted = new Adoption(publication.parts(), tally).adopt(work, answered);
        log.line("batch " + job.manifest().batchId() + ": " + plan + ", "
                + earlier.answered().size() + " answered on `" + job.branch(shard) + "`, " + adopted
                + " left on this machine");
        try {
            return requests.unanswered(shard, answered);
        } catch (ForeignResponsesException e) {
            throw new ResultsConflictException(
                    job.resultsBranch().value(), e.getMessage() + ": dispatch these requests as a new batch");
        }
    }

    private void ask(
            RequestFile requests, BitSet unanswered, Publication publication, EventLoop loop, Optional<Duration> left)
            throws IOException {
        ResponseRecorder recorder = new ResponseRecorder(redactor(), publication.parts(), tally);
        Engine engine = new Engine(
                job.manifest().batchId(), lanes(requests, unanswered), Pricing.NONE, backoff, loop, recorder);
        stop.onRequest(() -> engine.stop(timing.stopGrace()));
        publication.onBroken(() -> engine.stop(timing.stopGrace()));
        left.ifPresent(time -> pauseAfter(time, engine, loop));
        publication.startCheckpoints(timing.checkpoint().of(shard), engine::fail);
        Progress progress =
                new Progress(tally, shard.size(job.manifest().requestCount()), timing.progress(), loop, log::line);
        progress.start();
        try {
            Waiting.on(engine.start(), IOException.class);
        } finally {
            progress.stop();
            publication.closeParts();
            log.line(progress.line());
        }
    }

    private void pauseAfter(Duration time, Engine engine, EventLoop loop) {
        if (time.isZero()) {
            // before the engine starts, so that it sends nothing at all
            pause(engine);
        } else {
            loop.after(time, () -> pause(engine));
        }
    }

    /** Sends nothing more and takes the answers under way, for as long as a vendor may take but not forever. */
    private void pause(Engine engine) {
        Duration longest = plan.vendors().values().stream()
                .map(vendor -> vendor.config().timeout())
                .max(Comparator.naturalOrder())
                .orElse(timing.pauseGrace());
        log.line("the time of this job is nearly up: nothing more is asked");
        outOfTime = true;
        engine.stop(longest.compareTo(timing.pauseGrace()) < 0 ? longest : timing.pauseGrace());
    }

    private List<LaneSetup> lanes(RequestFile requests, BitSet unanswered) {
        return plan.vendors().entrySet().stream()
                .map(entry -> new LaneSetup(
                        entry.getValue(),
                        new VendorQueue(requests, unanswered, entry.getKey()),
                        new FixedGate(concurrency(entry.getValue().config().limits()), timing.patience())))
                .toList();
    }

    /** This shard's share of what the vendor takes: all shards ask at the same time. */
    private int concurrency(VendorLimits limits) {
        return Math.max(1, limits.maxConcurrency() / shard.count());
    }

    private Redactor redactor() {
        return new Redactor(plan.secretsAnd(job.token()));
    }

    /** Whether all is answered. */
    private boolean publish(Publication publication, WorkDirectory work)
            throws GitException, IOException, StoppedException {
        try {
            publication.throwIfBroken();
            boolean all = tally.total() >= shard.size(job.manifest().requestCount());
            if (all) {
                publication.complete(timing.finalPushes());
            } else if (outOfTime && !stop.isRequested()) {
                publication.pause("the time of the job was up", timing.finalPushes());
            } else {
                publication.stop("the run was cancelled", timing.stopPush());
                throw new StoppedException("stopped; re-run the job to answer the rest");
            }
            work.remove();
            return all;
        } catch (GitException e) {
            throw new GitException(
                    "cannot publish the responses: " + e.getMessage() + "; a re-run on this very machine goes on from `"
                            + work.folder() + "`",
                    e);
        }
    }
}
