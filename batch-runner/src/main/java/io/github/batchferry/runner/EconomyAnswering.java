package io.github.batchferry.runner;

import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.runner.economy.EconomyRun;
import io.github.batchferry.runner.economy.EconomyTimes;
import io.github.batchferry.runner.economy.Ledger;
import io.github.batchferry.runner.engine.Pricing;
import io.github.batchferry.runner.engine.ResponseSink;
import io.github.batchferry.runner.job.Job;
import io.github.batchferry.runner.loop.EventLoop;
import io.github.batchferry.runner.plan.BatchPlan;
import io.github.batchferry.runner.publish.Publication;
import io.github.batchferry.runner.requests.RequestFile;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchOptions;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Puts economy mode together for a job: its ledger on the results branch, its times, its temporary folder. */
final class EconomyAnswering implements Closeable {
    /** Environment variable: how many minutes one job waits for vendors' batches. */
    static final String MINUTES = "FERRY_ECONOMY_MINUTES";

    private final Surroundings surroundings;
    private final Job job;
    private final BatchPlan plan;
    private final Pricing prices;
    private final EventLoop loop;
    private final Consumer<String> log;
    private final Scratch scratch;

    // Mutable state
    private EconomyRun run;

    EconomyAnswering(
            Surroundings surroundings, Job job, BatchPlan plan, Pricing prices, EventLoop loop, Consumer<String> log)
            throws IOException {
        this.surroundings = surroundings;
        this.job = job;
        this.plan = plan;
        this.prices = prices;
        this.loop = loop;
        this.log = log;
        this.scratch = Scratch.under(job.temporary());
    }

    /**
     * Reads what earlier runs submitted and divides the rest. Calls no vendor.
     *
     * @throws InvalidInputException if the batch cannot go through its vendors' batch APIs
     */
    void plan(RequestFile requests, BitSet unanswered, GitRemote remote, Publication publication, ResponseSink sink)
            throws IOException, GitException, InvalidInputException {
        Ledger ledger = new Ledger(job.manifest().requestsSha256(), file -> publication.put(BatchFiles.ECONOMY, file));
        Optional<byte[]> earlier = earlierLedger(remote);
        if (earlier.isPresent()) {
            ledger.load(earlier.get());
        }
        EconomyRun.Setup setup = new EconomyRun.Setup(
                job.manifest().batchId(),
                requests,
                unanswered,
                plan.vendors(),
                job.manifest().options().cancel(),
                scratch.folder("parts"),
                prices);
        run = new EconomyRun(setup, ledger, times(), surroundings.random(), loop, sink, log);
        run.plan();
    }

    /** Whether a batch is answered by vendors' batch APIs, or what they were given is cancelled. */
    static boolean isFor(BatchOptions options) {
        return options.economy() || options.cancel();
    }

    /** @throws InvalidInputException if the options of a batch that {@link #isFor} are such that economy mode cannot keep */
    static void requireFit(BatchOptions options) throws InvalidInputException {
        requireNoBudget(options);
        requireNoShards(options);
    }

    /** What a vendor's batch costs is known when all of it is done: a bound could only be promised. */
    private static void requireNoBudget(BatchOptions options) throws InvalidInputException {
        if (options.maxCostUsd().isPresent() && !options.cancel()) {
            throw InvalidInputException.of(
                    BatchFiles.INPUT_MANIFEST,
                    "max_cost_usd cannot be kept in economy mode, where vendors tell the cost when all is done: send the"
                            + " batch without one of the two");
        }
    }

    /** What was submitted stands on one branch, which a run of the whole batch reads and writes. */
    private static void requireNoShards(BatchOptions options) throws InvalidInputException {
        if (options.shards() > 1) {
            throw InvalidInputException.of(
                    BatchFiles.INPUT_MANIFEST,
                    "a batch of " + options.shards() + " shards cannot be "
                            + (options.cancel() ? "cancelled at vendors" : "answered in economy mode")
                            + ", where one job does all: expected shards to be 1");
        }
    }

    private Optional<byte[]> earlierLedger(GitRemote remote) throws GitException, IOException {
        Optional<BranchSnapshot> fetched = remote.fetch(job.resultsBranch());
        if (fetched.isEmpty()) {
            return Optional.empty();
        }
        try (BranchSnapshot snapshot = fetched.get()) {
            if (!snapshot.paths().contains(BatchFiles.ECONOMY)) {
                return Optional.empty();
            }
            try (InputStream in = snapshot.open(BatchFiles.ECONOMY)) {
                return Optional.of(in.readAllBytes());
            }
        }
    }

    private EconomyTimes times() throws InvalidInputException {
        EconomyTimes usual = surroundings.timing().economy();
        String minutes = surroundings.environment().getOrDefault(MINUTES, "").strip();
        if (minutes.isEmpty()) {
            return usual;
        }
        if (!minutes.matches("[1-9][0-9]{0,3}")) {
            throw InvalidInputException.of(
                    "environment", MINUTES + ": expected minutes from 1 to 9999, found `" + minutes + "`");
        }
        return usual.withLongest(Duration.ofMinutes(Integer.parseInt(minutes)));
    }

    CompletableFuture<Void> start() {
        return run.start();
    }

    void stop(Duration grace) {
        run.stop(grace);
    }

    void fail(Throwable cause) {
        run.fail(cause);
    }

    @Override
    public void close() throws IOException {
        scratch.close();
    }
}
