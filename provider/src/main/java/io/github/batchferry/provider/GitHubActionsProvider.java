package io.github.batchferry.provider;

import io.github.batchferry.git.GitException;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.provider.batch.BatchListener;
import io.github.batchferry.provider.batch.BatchRecord;
import io.github.batchferry.provider.batch.Batches;
import io.github.batchferry.provider.batch.Cancellation;
import io.github.batchferry.provider.batch.CollectedBatch;
import io.github.batchferry.provider.batch.JournaledBatches;
import io.github.batchferry.provider.batch.NoSuchBatchException;
import io.github.batchferry.provider.batch.Pause;
import io.github.batchferry.provider.batch.RunReport;
import io.github.batchferry.provider.batch.Submission;
import io.github.batchferry.provider.batch.Submitted;
import io.github.batchferry.provider.connection.ConnectionFailedException;
import io.github.batchferry.provider.connection.RunnerConnector;
import io.github.batchferry.provider.connection.TargetConnector;
import io.github.batchferry.provider.input.RequestSource;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Asks models through a runner repository, whose secrets stay there: every call is one run of GitHub Actions, so many
 * requests belong into one call.
 *
 * <pre>{@code
 * RequestLine capital = RequestLineComposer.compose(
 *         new CustomId("cap-fr"),
 *         new EndpointPath("/v1/chat/completions"),
 *         Optional.of("openai"),
 *         RawJson.parse("""
 *                 {"model":"gpt-5-mini","messages":[{"role":"user","content":"Capital of France?"}]}
 *                 """.getBytes(UTF_8)));
 *
 * Target target = Targets.load(Path.of("."), Optional.empty(), System.getenv()).find("cloud-eval-runner");
 * try (GitHubActionsProvider provider =
 *         GitHubActionsProvider.of(target, System.getenv()).build()) {
 *     for (ResponseLine response : provider.invokeBatch(List.of(capital))) {
 *         System.out.println(response.customId() + ": " + response.text().orElse("no text"));
 *     }
 * }
 * }</pre>
 *
 * <p>Calls block until the run is over or the target's time-out has passed. A program that was killed asks the same requests
 * again and is given the responses of the batch it had under way, without a second run. A request that the vendor refused
 * has a response like any other, whose status says so. May be used by several threads if it was given a connector that may.
 *
 * <p>{@code invokeAsync}, {@code invokeBatchAsync} and {@code runAsync} wait on a thread of their own. Their futures fail with
 * what the other methods throw. Cancelling such a future ends the wait, and the run goes on; {@link #cancel} stops the run. The
 * whole of it with examples: docs/library.md.
 */
public final class GitHubActionsProvider implements Closeable {
    private final Target target;
    private final Submission how;
    private final Batches batches;
    private final Closeable owned;
    private final Set<BatchCall<?>> calls = ConcurrentHashMap.newKeySet();

    private GitHubActionsProvider(Target target, Submission how, Batches batches, Closeable owned) {
        this.target = target;
        this.how = how;
        this.batches = batches;
        this.owned = owned;
    }

    /**
     * Begins a provider that connects to its target as the command line does.
     *
     * @param target the runner repository
     * @param environment environment variables, in which the token is looked for as {@code gh} does, such as
     *     {@code System.getenv()}
     */
    public static Builder of(Target target, Map<String, String> environment) {
        Map<String, String> variables = Map.copyOf(environment);
        return new Builder(target, builder -> {
            TargetConnector connector = new TargetConnector(variables, builder.stateDirectory, builder.clock);
            return builder.build(connector, connector);
        });
    }

    /**
     * Begins a provider.
     *
     * @param target the runner repository
     * @param connector opens it; closing the connector stays with the caller
     */
    public static Builder of(Target target, RunnerConnector connector) {
        Objects.requireNonNull(connector, "connector is null");
        return new Builder(target, builder -> builder.build(connector, () -> {}));
    }

    /**
     * Asks one request.
     *
     * @throws BatchFailedException if no response came
     */
    public ResponseLine invoke(RequestLine request)
            throws BatchFailedException, InvalidInputException, ConnectionFailedException, GitHubException,
                    GitException, IOException, InterruptedException {
        return invokeBatch(List.of(request)).get(0);
    }

    /**
     * Asks many requests; all responses must fit in memory.
     *
     * @param requests with different custom ids
     * @return one response for every request, in the order of the requests
     * @throws BatchFailedException if not every request has a response
     */
    public List<ResponseLine> invokeBatch(List<RequestLine> requests)
            throws BatchFailedException, InvalidInputException, ConnectionFailedException, GitHubException,
                    GitException, IOException, InterruptedException {
        return requests.isEmpty() ? List.of() : Lines.responses(run(Lines.source(requests)));
    }

    /**
     * Asks all requests of a file or stream and leaves the responses in a file, so that any number of them can be handled.
     *
     * @return what was collected; {@link CollectedBatch#responses()} has one response line for every request, in their order
     * @throws BatchFailedException if not every request has a response
     */
    public CollectedBatch run(RequestSource requests)
            throws BatchFailedException, InvalidInputException, ConnectionFailedException, GitHubException,
                    GitException, IOException, InterruptedException {
        Submitted submitted = batches.submit(requests, target, how);
        try {
            RunReport report =
                    submitted.attached() ? batches.resume(submitted.batch()) : batches.watch(submitted.batch());
            if (!report.over() && batches.record(submitted.batch()).phase() != BatchRecord.Phase.COLLECTED) {
                throw BatchFailedException.stillRunning(report);
            }
            CollectedBatch collected = batches.collect(submitted.batch());
            if (!collected.complete()) {
                throw BatchFailedException.incomplete(report, collected);
            }
            return collected;
        } catch (NoSuchBatchException e) {
            throw new IOException("the journal lost the batch while it was under way", e);
        }
    }

    /** Asks one request on a thread of its own, see {@link #invoke}. */
    public CompletableFuture<ResponseLine> invokeAsync(RequestLine request) {
        return call(() -> invoke(request));
    }

    /** Asks many requests on a thread of its own, see {@link #invokeBatch}. */
    public CompletableFuture<List<ResponseLine>> invokeBatchAsync(List<RequestLine> requests) {
        List<RequestLine> copy = List.copyOf(requests);
        return call(() -> invokeBatch(copy));
    }

    /** Asks all requests of a file or stream on a thread of its own, see {@link #run}. */
    public CompletableFuture<CollectedBatch> runAsync(RequestSource requests) {
        return call(() -> run(requests));
    }

    /**
     * Stops a batch of this provider: its run, and in economy mode what vendors still work on. Whoever waits for it is told by a
     * {@link BatchFailedException}; what was answered stays.
     *
     * @param batch as the listener or a {@link BatchFailedException} named it
     * @throws IllegalArgumentException if the journal has no such batch
     */
    public Cancellation cancel(BatchId batch)
            throws ConnectionFailedException, GitHubException, GitException, IOException, InterruptedException {
        try {
            return batches.cancel(batch);
        } catch (NoSuchBatchException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Ends every wait of a thread of its own, and stops what the provider started, the embedded GitHub among it; a connector it
     * was given stays open, and so do runs on a GitHub.
     */
    @Override
    public void close() throws IOException {
        for (BatchCall<?> call : calls) {
            call.end();
        }
        owned.close();
    }

    private <T> CompletableFuture<T> call(Callable<T> work) {
        BatchCall<T> call = new BatchCall<>(work);
        calls.add(call);
        call.whenComplete((result, failure) -> calls.remove(call));
        call.start();
        return call;
    }

    /** Makes a provider; everything but target and connector has a default. */
    public static final class Builder {
        private final Function<Builder, GitHubActionsProvider> finish;

        // Mutable state
        private Target target;
        private Path stateDirectory = Path.of(".ferry");
        private Clock clock = Clock.systemUTC();
        private RandomGenerator random = RandomGenerator.getDefault();
        private Pause pause = Pause.sleeping();
        private BatchListener listener = new BatchListener() {};
        private String client = "batchferry";
        private Submission how;

        private Builder(Target target, Function<Builder, GitHubActionsProvider> finish) {
            this.target = Objects.requireNonNull(target, "target is null");
            this.finish = finish;
            this.how = Submission.STANDARD
                    .withCache(target.savings().cache())
                    .withEconomy(target.savings().economy());
        }

        /** Whether what an earlier batch with the cache got answered is not asked again; as the target says unless said here. */
        public Builder cache(boolean used) {
            how = how.withCache(used);
            return this;
        }

        /** Whether vendors are asked through their own batch APIs; as the target says unless said here. */
        public Builder economy(boolean used) {
            how = how.withEconomy(used);
            return this;
        }

        /** Whether every call begins a batch anew, even if the same requests are under way or in the cache; not so by default. */
        public Builder fresh(boolean anew) {
            how = how.withFresh(anew);
            return this;
        }

        /** Most that a batch may cost in US dollars; nothing more is sent then. As the target says unless said here. */
        public Builder maxCostUsd(BigDecimal budget) {
            if (budget.signum() <= 0) {
                throw new IllegalArgumentException("invalid budget `" + budget + "`: expected more than 0");
            }
            target = target.withMaxCostUsd(budget);
            return this;
        }

        /** How long a call waits for its run, which goes on after it; as the target says unless said here. */
        public Builder timeout(Duration longest) {
            if (longest.isNegative() || longest.isZero()) {
                throw new IllegalArgumentException("invalid time-out `" + longest + "`: expected more than nothing");
            }
            target = target.withTimeout(longest);
            return this;
        }

        /** Where the journal of batches is kept; {@code .ferry} unless said otherwise. */
        public Builder stateDirectory(Path folder) {
            stateDirectory = folder;
            return this;
        }

        /** Who hears of progress; nobody unless said otherwise. */
        public Builder listener(BatchListener heard) {
            listener = heard;
            return this;
        }

        /** Program and version for the manifest of every batch, such as {@code my-harness/1.2}. */
        public Builder client(String name) {
            client = name;
            return this;
        }

        /** The clock, the randomness and the waiting, for tests. */
        public Builder time(Clock now, RandomGenerator dice, Pause wait) {
            clock = now;
            random = dice;
            pause = wait;
            return this;
        }

        /**
         * The provider.
         *
         * @throws IllegalStateException if a budget is to be kept in economy mode, where vendors tell the cost when all is done
         */
        public GitHubActionsProvider build() {
            if (how.options().economy() && target.maxCostUsd().isPresent()) {
                throw new IllegalStateException(
                        "economy mode cannot keep a budget, as vendors tell the cost when all is done; choose one of them");
            }
            return finish.apply(this);
        }

        private GitHubActionsProvider build(RunnerConnector connector, Closeable owned) {
            return new GitHubActionsProvider(
                    target,
                    how,
                    new JournaledBatches(stateDirectory, connector, clock, random, pause, listener, client),
                    owned);
        }
    }
}
