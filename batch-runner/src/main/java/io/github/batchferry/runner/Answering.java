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
import io.github.batchferry.wire.problem.InvalidInputException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The second half of a run: asks vendors what is not answered yet, and publishes their answers meanwhile. */
final class Answering {
    private final Surroundings surroundings;
    private final Timing timing;
    private final Job job;
    private final BatchPlan plan;
    private final Tally tally;
    private final JobLog log;
    private final StopSignal stop;
    private final Backoff backoff;
    private final Instant startedAt;

    Answering(Surroundings surroundings, Job job, BatchPlan plan, Tally tally, JobLog log, StopSignal stop) {
        this.surroundings = surroundings;
        this.timing = surroundings.timing();
        this.job = job;
        this.plan = plan;
        this.tally = tally;
        this.log = log;
        this.stop = stop;
        this.backoff = Backoff.standard(surroundings.random());
        this.startedAt = surroundings.clock().instant();
    }

    /**
     * Answers and publishes.
     *
     * @throws StoppedException if it was stopped before all was answered; what was answered is pushed
     */
    void answer(RequestFile requests, EarlierResults earlier, GitRemote remote, WorkDirectory work)
            throws IOException, GitException, ResultsConflictException, StoppedException, InvalidInputException {
        try (ThreadEventLoop loop = new ThreadEventLoop("engine");
                ThreadEventLoop pushing = new ThreadEventLoop("publisher");
                ResultsPush push = new ResultsPush(remote, job.resultsBranch(), earlier.tip())) {
            Publication publication = publication(work, earlier, loop, publisher(pushing, push, tally.total()));
            BitSet unanswered = unanswered(requests, earlier, work, publication);
            if (job.manifest().options().economy() || job.manifest().options().cancel()) {
                try (EconomyAnswering economy = new EconomyAnswering(surroundings, job, plan, loop, log::line)) {
                    economy.plan(requests, unanswered, remote, publication, recorder(publication));
                    save(publication, () -> askByBatches(economy, publication, loop));
                }
            } else {
                save(publication, () -> ask(requests, unanswered, publication, loop));
            }
            publish(publication, work);
        }
    }

    /** The part of the work in which responses come. */
    private interface Asking {
        void ask() throws IOException;
    }

    /** Asks; if that breaks (a full disk, a defect), what was answered is paid for and is pushed all the same. */
    private void save(Publication publication, Asking asking) throws IOException {
        try {
            asking.ask();
        } catch (IOException | RuntimeException e) {
            try {
                publication.pushWhatIsThere(timing.stopPush());
            } catch (GitException | IOException | RuntimeException lost) {
                e.addSuppressed(lost);
            }
            throw e;
        }
    }

    private Publisher publisher(EventLoop pushing, ResultsPush push, long earlier) {
        return new Publisher(pushing, push, backoff, new CommitMessages(job.manifest(), earlier), log::line);
    }

    private Publication publication(WorkDirectory work, EarlierResults earlier, EventLoop loop, Publisher publisher) {
        String runner = "batch-runner " + surroundings.version();
        Publication.Source source =
                new Publication.Source(job.manifest(), job.runId(), job.runAttempt(), runner, startedAt);
        return new Publication(source, tally, earlier, work.folder(), surroundings.clock(), loop, publisher);
    }

    private BitSet unanswered(RequestFile requests, EarlierResults earlier, WorkDirectory work, Publication publication)
            throws IOException, ResultsConflictException {
        Set<CustomId> answered = new HashSet<>(earlier.answered());
        long adopted = new Adoption(publication.parts(), tally).adopt(work, answered);
        log.line("batch " + job.manifest().batchId() + ": " + plan + ", "
                + earlier.answered().size() + " answered on `" + job.resultsBranch() + "`, " + adopted
                + " left on this machine");
        try {
            return requests.unanswered(answered);
        } catch (ForeignResponsesException e) {
            throw new ResultsConflictException(
                    job.resultsBranch().value(), e.getMessage() + ": dispatch these requests as a new batch");
        }
    }

    private void ask(RequestFile requests, BitSet unanswered, Publication publication, EventLoop loop)
            throws IOException {
        Engine engine = new Engine(
                job.manifest().batchId(),
                lanes(requests, unanswered),
                Pricing.NONE,
                backoff,
                loop,
                recorder(publication));
        stop.onRequest(() -> engine.stop(timing.stopGrace()));
        publication.onBroken(() -> engine.stop(timing.stopGrace()));
        publication.startCheckpoints(timing.checkpoint(), engine::fail);
        await(engine::start, publication, loop, timing.progress());
    }

    private void askByBatches(EconomyAnswering economy, Publication publication, EventLoop loop) throws IOException {
        stop.onRequest(() -> economy.stop(timing.stopGrace()));
        publication.onBroken(() -> economy.stop(timing.stopGrace()));
        publication.startCheckpoints(timing.checkpoint(), economy::fail);
        await(economy::start, publication, loop, timing.economy().longestLook());
    }

    private ResponseRecorder recorder(Publication publication) {
        return new ResponseRecorder(redactor(), publication.parts(), tally);
    }

    private void await(
            Supplier<CompletableFuture<Void>> start, Publication publication, EventLoop loop, Duration between)
            throws IOException {
        Progress progress = new Progress(tally, job.manifest().requestCount(), between, loop, log::line);
        progress.start();
        try {
            Waiting.on(start.get(), IOException.class);
        } finally {
            progress.stop();
            publication.closeParts();
            log.line(progress.line());
        }
    }

    private List<LaneSetup> lanes(RequestFile requests, BitSet unanswered) {
        return plan.vendors().entrySet().stream()
                .map(entry -> new LaneSetup(
                        entry.getValue(),
                        new VendorQueue(requests, unanswered, entry.getKey()),
                        new FixedGate(entry.getValue().config().limits().maxConcurrency(), timing.patience())))
                .toList();
    }

    private Redactor redactor() {
        return new Redactor(plan.secretsAnd(job.token()));
    }

    private void publish(Publication publication, WorkDirectory work)
            throws GitException, IOException, StoppedException {
        try {
            publication.throwIfBroken();
            if (tally.total() < job.manifest().requestCount()) {
                publication.pushWhatIsThere(timing.stopPush());
                throw new StoppedException("stopped; re-run the job to answer the rest");
            }
            publication.complete(timing.finalPushes());
        } catch (GitException e) {
            throw new GitException(
                    "cannot publish the responses: " + e.getMessage() + "; a re-run on this very machine goes on from `"
                            + work.folder() + "`",
                    e);
        }
        work.remove();
    }
}
