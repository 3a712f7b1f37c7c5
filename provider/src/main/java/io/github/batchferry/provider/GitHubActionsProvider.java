package io.github.batchferry.provider;

import io.github.batchferry.git.GitException;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.provider.batch.BatchListener;
import io.github.batchferry.provider.batch.Batches;
import io.github.batchferry.provider.batch.CollectedBatch;
import io.github.batchferry.provider.batch.JournaledBatches;
import io.github.batchferry.provider.batch.NoSuchBatchException;
import io.github.batchferry.provider.batch.Pause;
import io.github.batchferry.provider.batch.RunReport;
import io.github.batchferry.provider.batch.Submitted;
import io.github.batchferry.provider.connection.ConnectionFailedException;
import io.github.batchferry.provider.connection.RunnerConnector;
import io.github.batchferry.provider.connection.TargetConnector;
import io.github.batchferry.provider.input.RequestSource;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * Target target = Targets.load(Path.of("."), Optional.empty()).find("cloud-eval-runner");
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
 */
public final class GitHubActionsProvider implements Closeable {
    private final Target target;
    private final Batches batches;
    private final Closeable owned;

    private GitHubActionsProvider(Target target, Batches batches, Closeable owned) {
        this.target = target;
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
        Submitted submitted = batches.submit(requests, target, false);
        try {
            RunReport report =
                    submitted.attached() ? batches.resume(submitted.batch()) : batches.watch(submitted.batch());
            if (!report.over()) {
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

    /** Stops what the provider started, the embedded GitHub among it; a connector it was given stays open. */
    @Override
    public void close() throws IOException {
        owned.close();
    }

    /** Makes a provider; everything but target and connector has a default. */
    public static final class Builder {
        private final Target target;
        private final Function<Builder, GitHubActionsProvider> finish;

        // Mutable state
        private Path stateDirectory = Path.of(".ferry");
        private Clock clock = Clock.systemUTC();
        private RandomGenerator random = RandomGenerator.getDefault();
        private Pause pause = Pause.sleeping();
        private BatchListener listener = new BatchListener() {};
        private String client = "batchferry";

        private Builder(Target target, Function<Builder, GitHubActionsProvider> finish) {
            this.target = Objects.requireNonNull(target, "target is null");
            this.finish = finish;
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

        /** The provider. */
        public GitHubActionsProvider build() {
            return finish.apply(this);
        }

        private GitHubActionsProvider build(RunnerConnector connector, Closeable owned) {
            return new GitHubActionsProvider(
                    target,
                    new JournaledBatches(stateDirectory, connector, clock, random, pause, listener, client),
                    owned);
        }
    }
}
