package io.github.batchferry.runner;

import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.runner.cost.Budget;
import io.github.batchferry.runner.cost.PriceTable;
import io.github.batchferry.runner.cost.Unpriced;
import io.github.batchferry.runner.engine.Backoff;
import io.github.batchferry.runner.engine.Engine;
import io.github.batchferry.runner.engine.Launching;
import io.github.batchferry.runner.gate.GateHistory;
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
import io.github.batchferry.runner.publish.Pace;
import io.github.batchferry.runner.publish.Publication;
import io.github.batchferry.runner.publish.Publisher;
import io.github.batchferry.runner.publish.ResponseRecorder;
import io.github.batchferry.runner.publish.ResultsConflictException;
import io.github.batchferry.runner.publish.ResultsPush;
import io.github.batchferry.runner.publish.WorkDirectory;
import io.github.batchferry.runner.redaction.Redactor;
import io.github.batchferry.runner.requests.ForeignResponsesException;
import io.github.batchferry.runner.requests.RequestFile;
import io.github.batchferry.runner.tally.CostText;
import io.github.batchferry.runner.tally.Progress;
import io.github.batchferry.runner.tally.Tally;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.Shard;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The second half of a run: asks vendors what is not answered yet, and publishes their answers meanwhile. */
final class Answering {
    private final Surroundings surroundings;
    private final Timing timing;
    private final Job job;
    private final Shard shard;
    private final BatchPlan plan;
    private final PriceTable prices;
    private final Tally tally;
    private final Unpriced unpriced;
    private final Redactor redactor;
    private final JobLog log;
    private final StopSignal stop;
    private final Backoff backoff;

    // Mutable state, written by the engine's thread
    private volatile boolean outOfTime;

    Answering(Surroundings surroundings, Assignment assignment, Redactor redactor, JobLog log, StopSignal stop) {
        this.surroundings = surroundings;
        this.timing = surroundings.timing();
        this.job = assignment.job();
        this.shard = assignment.shard();
        this.plan = assignment.plan();
        this.prices = assignment.prices();
        this.tally = assignment.tally();
        this.unpriced = assignment.unpriced();
        this.redactor = redactor;
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
            throws IOException, GitException, ResultsConflictException, StoppedException, InvalidInputException {
        try (ThreadEventLoop loop = new ThreadEventLoop("engine");
                ThreadEventLoop pushing = new ThreadEventLoop("publisher");
                ResultsPush push = new ResultsPush(remote, job.branch(shard), earlier.tip())) {
            Origin origin = origin(earlier);
            Heartbeat heartbeat = new Heartbeat(origin, tally, surroundings.clock());
            Publisher publisher = publisher(pushing, push, heartbeat);
            Publication publication = new Publication(
                    origin, tally, heartbeat, earlier, work.folder(), surroundings.clock(), loop, publisher);
            BitSet unanswered = unanswered(requests, earlier, work, publication);
            if (EconomyAnswering.isFor(job.manifest().options())) {
                try (EconomyAnswering economy =
                        new EconomyAnswering(surroundings, job, plan, prices, loop, this::logEconomy)) {
                    economy.plan(requests, unanswered, remote, publication, recorder(publication));
                    save(publication, () -> askByBatches(economy, publication, loop, left));
                }
            } else {
                save(publication, () -> ask(requests, unanswered, publication, loop, left));
            }
            return !publish(publication, work);
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
        } catch (IOException | RuntimeException | Error e) {
            try {
                publication.stop("the run failed", timing.stopPush());
            } catch (GitException | IOException | RuntimeException | Error lost) {
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
        Optional<Budget> budget = budget(requests);
        // earlier responses are counted: from now on it hears of each while the reservation is there
        budget.ifPresent(known -> tally.watchedBy(known::count));
        Lanes lanes = new Lanes(plan, timing.patience(), shard.count(), new GateHistory(log::line));
        Engine engine = new Engine(
                job.manifest().batchId(),
                lanes.of(requests, unanswered, loop.now()),
                prices,
                budget.isPresent() ? budget.get() : Launching.FREE,
                backoff,
                loop,
                recorder(publication));
        stop.onRequest(() -> engine.stop(timing.stopGrace()));
        publication.onBroken(() -> engine.stop(timing.stopGrace()));
        left.ifPresent(time -> pauseAfter(time, engine::stop, loop));
        publication.startCheckpoints(pace(), engine::fail);
        await(engine::start, publication, loop, timing.progress());
    }

    /** Vendors' batches outlive the job: what they have not answered when its time is up is left to the next run. */
    private void askByBatches(
            EconomyAnswering economy, Publication publication, EventLoop loop, Optional<Duration> left)
            throws IOException {
        stop.onRequest(() -> economy.stop(timing.stopGrace()));
        publication.onBroken(() -> economy.stop(timing.stopGrace()));
        left.ifPresent(time -> pauseAfter(time, economy::stop, loop));
        publication.startCheckpoints(pace(), economy::fail);
        await(economy::start, publication, loop, timing.economy().longestLook());
        outOfTime |= !stop.isRequested();
    }

    /** Economy mode tells vendors' refusals, which quote keys in part. */
    private void logEconomy(String line) {
        log.line(redactor.errorText(line));
    }

    /** This shard's share of the budget, less what earlier runs spent. */
    private Optional<Budget> budget(RequestFile requests) throws IOException {
        Optional<BigDecimal> limit = job.manifest().options().maxCostUsd();
        if (limit.isEmpty()) {
            return Optional.empty();
        }
        Budget budget = new Budget(Budget.share(limit.get(), shard.count()), prices);
        budget.countEarlier(tally.accounts().knownCostUsd());
        for (int number = shard.number();
                !unpriced.isEmpty() && number < plan.index().size();
                number += shard.count()) {
            RequestLine request = requests.load(number);
            if (unpriced.contains(request.customId())) {
                budget.countEarlier(plan.vendors().get(requests.vendor(number)).config(), request);
            }
        }
        return Optional.of(budget);
    }

    private Pace pace() {
        return job.checkpoint()
                .map(timing.checkpoint()::every)
                .orElse(timing.checkpoint())
                .of(shard);
    }

    private ResponseRecorder recorder(Publication publication) {
        return new ResponseRecorder(redactor, publication.parts(), tally);
    }

    private void await(
            Supplier<CompletableFuture<Void>> start, Publication publication, EventLoop loop, Duration between)
            throws IOException {
        Progress progress = new Progress(tally, shard.size(job.manifest().requestCount()), between, loop, log::line);
        progress.start();
        try {
            CompletableFuture<Void> end = start.get();
            // the vendors are busy with the first requests: now it costs no time
            publication.prepare();
            prices.date();
            Waiting.on(end, IOException.class);
        } finally {
            progress.stop();
            publication.closeParts();
            log.line(progress.line() + "; tokens: " + CostText.tokens(tally) + "; cost: " + CostText.cost(tally));
        }
    }

    private void pauseAfter(Duration time, Consumer<Duration> asking, EventLoop loop) {
        if (time.isZero()) {
            // before the engine starts, so that it sends nothing at all
            pause(asking);
        } else {
            loop.after(time, () -> pause(asking));
        }
    }

    /** Sends nothing more and takes the answers under way, for as long as a vendor may take but not forever. */
    private void pause(Consumer<Duration> asking) {
        Duration longest = plan.vendors().values().stream()
                .map(vendor -> vendor.config().timeout())
                .max(Comparator.naturalOrder())
                .orElse(timing.pauseGrace());
        log.line("the time of this job is nearly up: nothing more is asked");
        outOfTime = true;
        asking.accept(longest.compareTo(timing.pauseGrace()) < 0 ? longest : timing.pauseGrace());
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
