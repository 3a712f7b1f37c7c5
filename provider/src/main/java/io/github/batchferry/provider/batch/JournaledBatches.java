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
import io.github.batchferry.provider.journal.CacheUse;
import io.github.batchferry.provider.journal.Journal;
import io.github.batchferry.provider.journal.JournalEvent;
import io.github.batchferry.provider.journal.LockedBatch;
import io.github.batchferry.provider.targets.Spread;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.provider.targets.Waiting.OnTimeout;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchOptions;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
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
    private final String client;

    private final Journal journal;
    private final RequestCheck check;
    private final RunSearch search;
    private final Sending sending;
    private final Stopping stopping;
    private final Continuing continuing;
    private final Restart restart;
    private final CachedAnswers cache;
    private final ResponseCollection collection;

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
        this.client = client;
        this.journal = new Journal(stateDirectory);
        this.check = new RequestCheck(connector);
        this.search = new RunSearch(clock, pause, listener);
        this.sending = new Sending(new Delivery(clock, listener), new Dispatch(clock, pause, listener, search));
        this.stopping = new Stopping(clock, pause, listener);
        Results results = new Results(clock, pause);
        this.continuing = new Continuing(clock, pause, results, search, sending, listener);
        this.restart = new Restart(clock, pause, results, search, continuing, listener);
        this.cache = new CachedAnswers(new ResponseCache(stateDirectory));
        this.collection = new ResponseCollection(clock, results, cache, listener);
    }

    @Override
    public long validate(RequestSource source, Target target)
            throws InvalidInputException, ConnectionFailedException, GitHubException, IOException {
        return check.validate(source, target);
    }

    @Override
    public Submitted submit(RequestSource source, Target target, Submission how)
            throws InvalidInputException, ConnectionFailedException, GitHubException, GitException, IOException {
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
    public List<BatchRecord> list() throws IOException {
        List<BatchRecord> records = new ArrayList<>();
        for (BatchJournal batch : journal.all()) {
            records.add(BatchRecords.of(batch));
        }
        return records;
    }

    @Override
    public RunReport status(BatchId id)
            throws NoSuchBatchException, ConnectionFailedException, GitHubException, IOException {
        BatchJournal batch = existing(id);
        RunnerConnection runner = connector.connect(batch.target());
        Optional<WorkflowRun> run = run(batch, runner).look();
        return new RunReport(id, run, run.flatMap(r -> FailureDetails.of(r, runner.repository())));
    }

    @Override
    public RunReport watch(BatchId id, Optional<Duration> timeout)
            throws NoSuchBatchException, ConnectionFailedException, GitHubException, IOException, InterruptedException {
        BatchJournal batch = existing(id);
        return watch(batch, connector.connect(batch.target()), timeout, Advance.fromNothing());
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
            return collection.enter(locked, runner.git(), succeeded(batch, runner));
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
    public RunReport resume(BatchId id, Optional<Duration> timeout)
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
        return watch(batch, runner, timeout, Advance.wanted());
    }

    /** One step to other clients: of two that are given the same requests, the second attaches to the first one's batch. */
    private Submitted findOrPrepare(CheckedRequests requests, Target target, Submission how) throws IOException {
        return journal.exclusively(() -> {
            Optional<BatchJournal> unfinished =
                    how.fresh() ? Optional.empty() : journal.findUnfinished(requests.sha256(), target);
            BatchJournal batch =
                    unfinished.isPresent() ? attach(unfinished.get(), target) : prepare(requests, target, how);
            return new Submitted(batch.id(), unfinished.isPresent());
        });
    }

    private BatchJournal prepare(CheckedRequests requests, Target target, Submission how) throws IOException {
        Instant now = clock.instant();
        BatchManifest manifest = new BatchManifest(
                unusedId(now),
                now,
                requests.count(),
                requests.bytes(),
                requests.sha256(),
                target.vendor(),
                client,
                options(how.options(), target, requests.count()));
        BatchJournal batch = how.cache()
                ? prepareCached(requests, manifest, target, how)
                : journal.create(manifest, target, requests.file(), now);
        listener.prepared(batch.id(), requests.count());
        if (batch.cached().isPresent()) {
            long sent = batch.sent().map(rest -> rest.manifest().requestCount()).orElse(0L);
            listener.answeredFromCache(batch.id(), requests.count() - sent, requests.count());
        }
        return batch;
    }

    private static BatchOptions options(BatchOptions asked, Target target, long requests) {
        Spread spread = target.spread();
        // a vendor's own batches are not made faster by more jobs
        int shards = asked.economy() ? 1 : spread.shardsFor(requests);
        return new BatchOptions(target.maxCostUsd(), asked.economy(), shards, spread.continuation(), asked.cancel());
    }

    private BatchJournal prepareCached(CheckedRequests requests, BatchManifest manifest, Target target, Submission how)
            throws IOException {
        LongFunction<BatchOptions> options = count -> options(how.options(), target, count);
        try (CacheUse use = cache.divide(requests, manifest, options, !how.fresh())) {
            return journal.create(manifest, target, requests.file(), Optional.of(use), clock.instant());
        }
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

    private BatchId unusedId(Instant now) throws IOException {
        BatchId id = BatchId.create(now, random);
        while (journal.find(id).isPresent()) {
            id = BatchId.create(now, random);
        }
        return id;
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

    private RunReport watch(BatchJournal batch, RunnerConnection runner, Optional<Duration> asked, Advance advance)
            throws GitHubException, IOException, InterruptedException {
        Duration timeout = asked.orElse(batch.target().timeout());
        Instant deadline = clock.instant().plus(timeout);
        RunReport report = watch(batch, runner, timeout);
        for (int runs = 0; runs < MAX_CONTINUATIONS && goesOn(batch, runner, report, advance); runs++) {
            report = watch(batch, runner, Duration.between(clock.instant(), deadline));
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

    private RunReport watch(BatchJournal batch, RunnerConnection runner, Duration timeout)
            throws GitHubException, IOException, InterruptedException {
        return new Watch(
                        batch.id(),
                        run(batch, runner),
                        runner,
                        new Heartbeats(batch, runner.git()),
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
