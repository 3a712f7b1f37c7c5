package io.github.batchferry.provider.batch;

import io.github.batchferry.git.GitException;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.cache.ResponseCache;
import io.github.batchferry.provider.connection.ConnectionFailedException;
import io.github.batchferry.provider.connection.RunnerConnection;
import io.github.batchferry.provider.connection.RunnerConnector;
import io.github.batchferry.provider.input.RequestSource;
import io.github.batchferry.provider.journal.BatchInUseException;
import io.github.batchferry.provider.journal.BatchJournal;
import io.github.batchferry.provider.journal.Journal;
import io.github.batchferry.provider.journal.JournalEvent;
import io.github.batchferry.provider.journal.JournalEvent.Collected;
import io.github.batchferry.provider.journal.JournalListing;
import io.github.batchferry.provider.journal.LockedBatch;
import io.github.batchferry.provider.journal.Staging;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.provider.targets.Waiting.OnTimeout;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Batches whose every step is written to a journal on disk, so that a killed client can be followed by another. Keeps
 * nothing in memory but which batches it has locked; may be used by several threads if the connector may.
 */
public final class JournaledBatches implements Batches {
    /** Runs that one wait for a batch follows or starts; each of them may take hours. */
    private static final int MAX_CONTINUATIONS = 20;

    private final RunnerConnector connector;
    private final Clock clock;
    private final RandomGenerator random;
    private final Pause pause;
    private final BatchListener listener;

    private final Journal journal;
    private final Staging staging;
    private final RequestCheck check;
    private final RunSearch search;
    private final Sending sending;
    private final Stopping stopping;
    private final Continuing continuing;
    private final Restart restart;
    private final Results results;
    private final Planning planning;
    private final Preparation preparation;
    private final ResponseCollection collection;
    private final Retry retry;
    private final Pruning pruning;

    /**
     * @param stateDirectory folder of the journal, {@code .ferry}; made when the first batch is written down
     * @param connector opens targets; closing it stays with the caller
     * @param clock tells the time for batch ids, the journal and time-outs
     * @param random makes batch ids and jitter
     * @param pause waits between looks
     * @param listener hears of progress
     * @param client program and version, for the manifest, such as {@code ferry/0.1.0}
     */
    public JournaledBatches(
            Path stateDirectory,
            RunnerConnector connector,
            Clock clock,
            RandomGenerator random,
            Pause pause,
            BatchListener listener,
            String client) {
        this.connector = connector;
        this.clock = clock;
        this.random = random;
        this.pause = pause;
        this.listener = listener;
        this.journal = new Journal(stateDirectory);
        this.staging = new Staging(stateDirectory);
        this.check = new RequestCheck(connector, staging);
        Delivery delivery = new Delivery(clock, listener);
        this.search = new RunSearch(clock, pause, listener);
        this.sending = new Sending(delivery, new Dispatch(clock, pause, listener, search));
        this.stopping = new Stopping(clock, pause, listener);
        this.results = new Results(clock, pause);
        this.continuing = new Continuing(clock, pause, results, search, sending, listener);
        this.restart = new Restart(clock, pause, results, search, continuing, delivery, listener);
        CachedAnswers cache = new CachedAnswers(new ResponseCache(stateDirectory), staging);
        this.planning = new Planning(cache);
        this.collection = new ResponseCollection(clock, results, cache, listener);
        this.retry = new Retry(journal, staging);
        this.preparation = new Preparation(journal, clock, random, client, cache, retry, listener);
        this.pruning = new Pruning(journal);
    }

    @Override
    public long validate(RequestSource source, Target target)
            throws InvalidInputException, ConnectionFailedException, GitHubException, IOException {
        return check.validate(source, target);
    }

    @Override
    public BatchPlan plan(RequestSource source, Target target, Submission how)
            throws InvalidInputException, ConnectionFailedException, GitHubException, IOException {
        try (CheckedRequests requests = check.stage(source, target, how.fresh() ? how.withCache(false) : how)) {
            Optional<BatchId> underWay = how.fresh()
                    ? Optional.empty()
                    : journal.findUnfinished(requests.sha256(), target, listener::damaged)
                            .map(BatchJournal::id);
            return planning.plan(
                    requests,
                    preparation.manifest(requests, target, how),
                    target,
                    Preparation.options(how, target),
                    underWay);
        }
    }

    @Override
    public Submitted submit(RequestSource source, Target target, Submission how)
            throws InvalidInputException, ConnectionFailedException, GitHubException, GitException, IOException {
        staging.sweep(clock.instant());
        try (CheckedRequests requests = check.load(source, target, how)) {
            Submitted submitted = findOrPrepare(requests, target, how);
            send(journal.find(submitted.batch()).orElseThrow());
            return submitted;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the run was searched for");
        }
    }

    @Override
    public BatchRecord record(BatchId batch) throws NoSuchBatchException, IOException {
        return BatchRecords.of(existing(batch));
    }

    @Override
    public BatchListing listing() throws IOException {
        JournalListing listing = journal.listing();
        List<BatchRecord> records = new ArrayList<>();
        for (BatchJournal batch : listing.batches()) {
            records.add(BatchRecords.of(batch));
        }
        return new BatchListing(records, listing.damaged());
    }

    @Override
    public RunReport status(BatchId id)
            throws NoSuchBatchException, ConnectionFailedException, GitHubException, IOException {
        BatchJournal batch = existing(id);
        if (batch.progress().collected().isPresent()) {
            return new RunReport(id, Optional.empty(), Optional.empty());
        }
        RunnerConnection runner = connector.connect(batch.target());
        Optional<WorkflowRun> run = run(batch, runner).look();
        return new RunReport(id, run, run.flatMap(r -> FailureDetails.of(r, runner.repository())));
    }

    @Override
    public RunReport watch(BatchId id, Optional<Duration> timeout, Optional<Arrivals> arrivals)
            throws NoSuchBatchException, ConnectionFailedException, GitHubException, IOException, InterruptedException {
        BatchJournal batch = existing(id);
        return watch(batch, connector.connect(batch.target()), timeout, Advance.fromNothing(), arrivals);
    }

    @Override
    public CollectedBatch collect(BatchId id)
            throws NoSuchBatchException, ConnectionFailedException, GitHubException, GitException, IOException,
                    InterruptedException {
        BatchJournal batch = existing(id);
        try (LockedBatch locked = batch.lock()) {
            Optional<CollectedBatch> earlier = collection.earlier(locked);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            RunnerConnection runner = connector.connect(batch.target());
            return collection.enter(locked, runner, succeeded(batch, runner));
        }
    }

    @Override
    public Cancellation cancel(BatchId id, boolean wait)
            throws NoSuchBatchException, ConnectionFailedException, GitHubException, GitException, IOException,
                    InterruptedException {
        BatchJournal batch = existing(id);
        if (batch.progress().collected().isPresent()) {
            return new Cancellation(Optional.empty(), false);
        }
        boolean economy = batch.manifest().options().economy();
        RunnerConnection runner = connector.connect(batch.target());
        Optional<WorkflowRun> stopped;
        boolean forced = false;
        boolean dispatching;
        try (LockedBatch locked = batch.lock()) {
            boolean begun = run(batch, runner).begun();
            boolean first = locked.progress().cancelled().isEmpty();
            stopped = first ? newest(locked, runner).filter(run -> !run.completed()) : Optional.empty();
            if (stopped.isPresent() && wait) {
                Stopping.Stopped end = stopping.stop(id, runner.actions(), stopped.get());
                stopped = Optional.of(end.run());
                forced = end.forced();
            } else if (stopped.isPresent()) {
                runner.actions().cancel(stopped.get().id());
            }
            dispatching = economy && (begun || !first);
            if (dispatching && first) {
                locked.append(new JournalEvent.Cancelled(clock.instant()));
            }
        }
        if (dispatching) {
            send(batch);
        }
        return new Cancellation(stopped, dispatching, forced);
    }

    @Override
    public RunReport resume(BatchId id, Optional<Duration> timeout, Optional<Arrivals> arrivals)
            throws NoSuchBatchException, ConnectionFailedException, GitHubException, GitException, IOException,
                    InterruptedException {
        BatchJournal batch = existing(id);
        RunnerConnection runner = connector.connect(batch.target());
        if (batch.progress().collected().isEmpty()) {
            send(batch);
            try (LockedBatch locked = batch.lock()) {
                restart.enter(
                        locked,
                        run(batch, runner),
                        runner,
                        timeout.orElse(batch.target().timeout()));
            }
            // of a run that was gone, another one takes the place
            send(batch);
        }
        return watch(batch, runner, timeout, Advance.wanted(), arrivals);
    }

    @Override
    public Submitted retryFailed(BatchId id, Optional<BigDecimal> maxCostUsd)
            throws NoSuchBatchException, NotRetriableException, ConnectionFailedException, GitHubException,
                    GitException, IOException, InterruptedException {
        BatchJournal asked = existing(id);
        BatchJournal source = retry.newest(asked);
        if (maxCostUsd.isPresent() && source.manifest().options().economy()) {
            throw NotRetriableException.budgetInEconomy(source.id());
        }
        boolean underWay =
                !source.id().equals(id) && source.progress().collected().isEmpty() && !isOver(source);
        if (!underWay) {
            collectAll(source);
        }
        Submitted submitted = underWay ? new Submitted(source.id(), true) : retried(source, maxCostUsd);
        send(journal.find(submitted.batch()).orElseThrow());
        return submitted;
    }

    /** Whether nobody works on a batch any more: neither a run of it, nor one that the workflow or a client is to start. */
    private boolean isOver(BatchJournal batch)
            throws ConnectionFailedException, GitHubException, GitException, IOException, InterruptedException {
        if (batch.progress().collected().isPresent()) {
            return true;
        }
        RunnerConnection runner = connector.connect(batch.target());
        Optional<WorkflowRun> run;
        try (LockedBatch locked = batch.lock()) {
            run = newest(locked, runner).filter(WorkflowRun::completed);
        }
        return run.isPresent() && !isPaused(batch, run.get(), runner);
    }

    private boolean isPaused(BatchJournal batch, WorkflowRun run, RunnerConnection runner)
            throws GitException, IOException, InterruptedException {
        return !Continuing.wasCancelled(run)
                && results.leftBy(run, batch, runner.git())
                        .filter(left -> left.isPauseOf(run.id(), run.attempt()))
                        .isPresent();
    }

    private void collectAll(BatchJournal source)
            throws NoSuchBatchException, NotRetriableException, ConnectionFailedException, GitHubException,
                    GitException, IOException, InterruptedException {
        if (!isOver(source)) {
            throw NotRetriableException.notOver(source.id());
        }
        boolean complete = collect(source.id()).complete();
        boolean economy = source.manifest().options().economy();
        if (!complete && economy && source.progress().cancelled().isEmpty()) {
            // its vendors' batches outlive any run: what they still answer is paid for
            throw NotRetriableException.notOver(source.id());
        }
    }

    /** One step to other clients: of two that retry the same batch, the second attaches to the first one's. */
    private Submitted retried(BatchJournal source, Optional<BigDecimal> maxCostUsd)
            throws NotRetriableException, IOException {
        Optional<Submitted> submitted = journal.exclusively(() -> {
            BatchJournal newest = retry.newest(source);
            return newest.id().equals(source.id())
                    ? preparation.retry(source, maxCostUsd).map(batch -> new Submitted(batch.id(), false))
                    : Optional.of(new Submitted(newest.id(), true));
        });
        return submitted.orElseThrow(() -> NotRetriableException.allSucceeded(source.id()));
    }

    @Override
    public PrunePlan prunePlan(Instant before, boolean unfinished) throws IOException {
        return pruning.plan(before, unfinished);
    }

    @Override
    public void prune(BatchId id, boolean remote)
            throws NoSuchBatchException, ConnectionFailedException, GitException, IOException {
        if (remote) {
            BatchJournal batch = existing(id);
            pruning.removeBranches(batch, connector.connect(batch.target()).git());
        }
        pruning.remove(id, clock.instant());
    }

    @Override
    public VerifyReport verify(BatchId id, boolean remote)
            throws NoSuchBatchException, NotCollectedException, ConnectionFailedException, GitException, IOException {
        BatchJournal batch = existing(id);
        try (LockedBatch locked = batch.lock()) {
            Optional<Collected> collected = locked.progress().collected();
            if (collected.isEmpty()) {
                throw new NotCollectedException(id);
            }
            Verification verification = new Verification(locked, collected.get()).files();
            if (remote && batch.written().isPresent()) {
                verification.branch(connector.connect(batch.target()).git());
            }
            return verification.report();
        }
    }

    /** One step to other clients: of two that are given the same requests, the second attaches to the first one's batch. */
    private Submitted findOrPrepare(CheckedRequests requests, Target target, Submission how) throws IOException {
        return journal.exclusively(() -> {
            Optional<BatchJournal> unfinished = how.fresh()
                    ? Optional.empty()
                    : journal.findUnfinished(requests.sha256(), target, listener::damaged);
            BatchJournal batch = unfinished.isPresent()
                    ? attach(unfinished.get(), target)
                    : preparation.fresh(requests, target, how);
            return new Submitted(batch.id(), unfinished.isPresent());
        });
    }

    private BatchJournal attach(BatchJournal batch, Target target) throws IOException {
        if (!batch.target().equals(target)) {
            try (LockedBatch locked = batch.lock()) {
                locked.append(new JournalEvent.Resubmitted(clock.instant(), target));
            } catch (BatchInUseException e) {
                // the other client goes on with its own settings
            }
        }
        return batch;
    }

    private void send(BatchJournal batch)
            throws ConnectionFailedException, GitHubException, GitException, IOException, InterruptedException {
        if (batch.progress().dispatched().isPresent()) {
            return;
        }
        if (batch.sent().isEmpty()) {
            try (LockedBatch locked = batch.lock()) {
                collection.withoutRun(locked);
            }
            return;
        }
        RunnerConnection runner = connector.connect(batch.target());
        try (LockedBatch locked = batch.lock()) {
            sending.enter(locked, runner);
        }
    }

    /** The batch's run, also where the workflow has started another since anybody looked. */
    private Optional<WorkflowRun> newest(LockedBatch locked, RunnerConnection runner)
            throws GitHubException, IOException {
        BatchJournal batch = locked.journal();
        Optional<WorkflowRun> seen = run(batch, runner).look();
        boolean newer = seen.isPresent() && Continuing.byRunner(batch) && continuing.adopt(locked, runner, seen.get());
        return newer ? run(batch, runner).look() : seen;
    }

    private RunReport watch(
            BatchJournal batch,
            RunnerConnection runner,
            Optional<Duration> asked,
            Advance advance,
            Optional<Arrivals> arrivals)
            throws GitHubException, IOException, InterruptedException {
        Duration timeout = asked.orElse(batch.target().timeout());
        Instant deadline = clock.instant().plus(timeout);
        RunReport report = watch(batch, runner, timeout, arrivals);
        for (int runs = 0; runs < MAX_CONTINUATIONS && goesOn(batch, runner, report, advance); runs++) {
            report = watch(batch, runner, Duration.between(clock.instant(), deadline), arrivals);
        }
        boolean inTime = clock.instant().isBefore(deadline);
        return inTime || report.over() ? report : outOfTime(batch, runner, report);
    }

    private RunReport outOfTime(BatchJournal batch, RunnerConnection runner, RunReport report)
            throws GitHubException, IOException, InterruptedException {
        if (batch.target().waiting().onTimeout() != OnTimeout.CANCEL
                || report.run().isEmpty()) {
            return report;
        }
        WorkflowRun run = report.run().get();
        listener.stopping(batch.id(), run);
        WorkflowRun ended = stopping.stop(batch.id(), runner.actions(), run).run();
        return new RunReport(batch.id(), Optional.of(ended), FailureDetails.of(ended, runner.repository()));
    }

    private RunReport watch(BatchJournal batch, RunnerConnection runner, Duration timeout, Optional<Arrivals> arrivals)
            throws GitHubException, IOException, InterruptedException {
        return new Watch(
                        batch.id(),
                        run(batch, runner),
                        runner,
                        new Heartbeats(batch, runner.git(), arrivals),
                        new LookSchedule(batch.target(), random),
                        clock,
                        pause,
                        listener)
                .untilOver(new Patience(timeout, batch.target().waiting().queueTimeout()));
    }

    private boolean goesOn(BatchJournal batch, RunnerConnection runner, RunReport report, Advance advance)
            throws GitHubException, IOException, InterruptedException {
        return report.over() && continuing.enter(batch, runner, report.run().orElseThrow(), advance);
    }

    private Optional<WorkflowRun> succeeded(BatchJournal batch, RunnerConnection runner) throws IOException {
        try {
            return run(batch, runner).look().filter(WorkflowRun::succeeded);
        } catch (GitHubException e) {
            // the results branch is the truth; the run only says whether waiting for it makes sense
            return Optional.empty();
        }
    }

    private BatchRun run(BatchJournal batch, RunnerConnection runner) throws IOException {
        return new BatchRun(batch, runner, search, clock);
    }

    private BatchJournal existing(BatchId batch) throws NoSuchBatchException, IOException {
        Optional<BatchJournal> found = journal.find(batch);
        if (found.isEmpty()) {
            throw new NoSuchBatchException(batch, journal.directory());
        }
        return found.get();
    }
}
