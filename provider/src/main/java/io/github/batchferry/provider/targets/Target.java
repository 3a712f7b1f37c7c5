package io.github.batchferry.provider.targets;

import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.github.RepositorySlug;
import io.github.batchferry.wire.BatchFiles;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A named destination of batches. */
public sealed interface Target {
    /** How long a run is waited for unless the target says otherwise. */
    Duration DEFAULT_TIMEOUT = Duration.ofHours(6);

    /** Name in {@code targets.yaml}. */
    String name();

    /** Vendor for requests that name none; empty to choose by model. */
    Optional<String> vendor();

    /** Prefix of the results branch. */
    String resultsPrefix();

    /** Longest time between two looks at the run; empty for the built-in schedule. */
    Optional<Duration> pollInterval();

    /** How long to wait for a run before giving up waiting (not before stopping the run). */
    Duration timeout();

    /** What becomes of a run that is waited for in vain. */
    default Waiting waiting() {
        return Waiting.STANDARD;
    }

    /** How batches are spread over jobs and runs. */
    Spread spread();

    /** Budget of each batch in US dollars; empty for none. */
    Optional<BigDecimal> maxCostUsd();

    /** How its batches are made cheaper unless the command or the program says otherwise. */
    Savings savings();

    /** How requests and responses change hands. */
    Handover handover();

    /** The same target, whose requests and responses change hands otherwise. */
    Target withHandover(Handover other);

    /** The same target with another budget for each batch. */
    Target withMaxCostUsd(BigDecimal other);

    /** The same target with another vendor for requests that name none. */
    Target withVendor(String other);

    /** The same target, waited for as long as said. */
    Target withTimeout(Duration other);

    /**
     * A runner repository on a GitHub.
     *
     * @param server which GitHub
     * @param repository the runner repository
     * @param workflow file name in {@code .github/workflows}
     * @param ref branch whose copy of the workflow runs; empty for the default branch
     * @param tokenEnv environment variable that holds the token; empty for the usual ones
     * @param app the GitHub App that is signed in as; empty to use a token
     * @param waiting what becomes of a run that is waited for in vain
     */
    record GitHubActions(
            String name,
            GitHubServer server,
            RepositorySlug repository,
            String workflow,
            Optional<String> ref,
            String resultsPrefix,
            Optional<Duration> pollInterval,
            Duration timeout,
            Optional<String> tokenEnv,
            Optional<String> vendor,
            Spread spread,
            Optional<BigDecimal> maxCostUsd,
            Savings savings,
            Handover handover,
            Optional<AppAccess> app,
            Waiting waiting)
            implements Target {
        /** The workflow that is dispatched unless the target names another. */
        public static final String DEFAULT_WORKFLOW = "run-evals.yml";

        /** A target whose batches run as one job, without a budget. */
        public GitHubActions(
                String name,
                GitHubServer server,
                RepositorySlug repository,
                String workflow,
                Optional<String> ref,
                String resultsPrefix,
                Optional<Duration> pollInterval,
                Duration timeout,
                Optional<String> tokenEnv,
                Optional<String> vendor) {
            this(
                    name,
                    server,
                    repository,
                    workflow,
                    ref,
                    resultsPrefix,
                    pollInterval,
                    timeout,
                    tokenEnv,
                    vendor,
                    Spread.STANDARD,
                    Optional.empty(),
                    Savings.NONE,
                    Handover.STANDARD,
                    Optional.empty(),
                    Waiting.STANDARD);
        }

        /** A target whose responses come back on a branch. */
        public GitHubActions(
                String name,
                GitHubServer server,
                RepositorySlug repository,
                String workflow,
                Optional<String> ref,
                String resultsPrefix,
                Optional<Duration> pollInterval,
                Duration timeout,
                Optional<String> tokenEnv,
                Optional<String> vendor,
                Spread spread,
                Optional<BigDecimal> maxCostUsd) {
            this(
                    name,
                    server,
                    repository,
                    workflow,
                    ref,
                    resultsPrefix,
                    pollInterval,
                    timeout,
                    tokenEnv,
                    vendor,
                    spread,
                    maxCostUsd,
                    Savings.NONE,
                    Handover.STANDARD,
                    Optional.empty(),
                    Waiting.STANDARD);
        }

        @Override
        public GitHubActions withVendor(String other) {
            return with(timeout, Optional.of(other), maxCostUsd, handover, waiting);
        }

        @Override
        public GitHubActions withTimeout(Duration other) {
            return with(other, vendor, maxCostUsd, handover, waiting);
        }

        @Override
        public GitHubActions withMaxCostUsd(BigDecimal other) {
            return with(timeout, vendor, Optional.of(other), handover, waiting);
        }

        @Override
        public GitHubActions withHandover(Handover other) {
            return with(timeout, vendor, maxCostUsd, other, waiting);
        }

        /** The same target, whose runs are treated otherwise when they are waited for in vain. */
        public GitHubActions withWaiting(Waiting other) {
            return with(timeout, vendor, maxCostUsd, handover, other);
        }

        private GitHubActions with(
                Duration otherTimeout,
                Optional<String> otherVendor,
                Optional<BigDecimal> otherBudget,
                Handover otherHandover,
                Waiting otherWaiting) {
            return new GitHubActions(
                    name,
                    server,
                    repository,
                    workflow,
                    ref,
                    resultsPrefix,
                    pollInterval,
                    otherTimeout,
                    tokenEnv,
                    otherVendor,
                    spread,
                    otherBudget,
                    savings,
                    otherHandover,
                    app,
                    otherWaiting);
        }
    }

    /**
     * The embedded GitHub in this process, with its own runner repository.
     *
     * @param openaiBaseUrl an OpenAI-compatible server that answers the requests, such as
     *     {@code http://127.0.0.1:11434/v1}; empty for the offline vendor {@code echo}
     * @param vendor with a server, the vendor {@code openai} unless another is named
     */
    record Embedded(
            String name,
            Optional<URI> openaiBaseUrl,
            String resultsPrefix,
            Optional<Duration> pollInterval,
            Duration timeout,
            Optional<String> vendor,
            Spread spread,
            Optional<BigDecimal> maxCostUsd,
            Savings savings,
            Handover handover)
            implements Target {
        /** Name of the embedded target that always exists. */
        public static final String STANDARD_NAME = "local";

        /** The vendor that stands for {@code openaiBaseUrl}. */
        public static final String OPENAI_VENDOR = "openai";

        public Embedded {
            vendor = vendor.or(() -> openaiBaseUrl.isPresent() ? Optional.of(OPENAI_VENDOR) : Optional.empty());
        }

        /** A target whose batches run as one job, without a budget. */
        public Embedded(
                String name,
                Optional<URI> openaiBaseUrl,
                String resultsPrefix,
                Optional<Duration> pollInterval,
                Duration timeout,
                Optional<String> vendor) {
            this(
                    name,
                    openaiBaseUrl,
                    resultsPrefix,
                    pollInterval,
                    timeout,
                    vendor,
                    Spread.STANDARD,
                    Optional.empty(),
                    Savings.NONE,
                    Handover.STANDARD);
        }

        /** A target whose responses come back on a branch. */
        public Embedded(
                String name,
                Optional<URI> openaiBaseUrl,
                String resultsPrefix,
                Optional<Duration> pollInterval,
                Duration timeout,
                Optional<String> vendor,
                Spread spread,
                Optional<BigDecimal> maxCostUsd) {
            this(
                    name,
                    openaiBaseUrl,
                    resultsPrefix,
                    pollInterval,
                    timeout,
                    vendor,
                    spread,
                    maxCostUsd,
                    Savings.NONE,
                    Handover.STANDARD);
        }

        /** The embedded target for those who configured nothing: offline, with the vendor {@code echo}. */
        public static Embedded standard() {
            return new Embedded(
                    STANDARD_NAME,
                    Optional.empty(),
                    BatchFiles.DEFAULT_RESULTS_PREFIX,
                    Optional.empty(),
                    DEFAULT_TIMEOUT,
                    Optional.empty());
        }

        /** The same target, answered by an OpenAI-compatible server. */
        public Embedded withOpenaiBaseUrl(URI server) {
            return new Embedded(
                    name,
                    Optional.of(server),
                    resultsPrefix,
                    pollInterval,
                    timeout,
                    Optional.of(OPENAI_VENDOR),
                    spread,
                    maxCostUsd,
                    savings,
                    handover);
        }

        @Override
        public Embedded withVendor(String other) {
            return with(timeout, Optional.of(other), maxCostUsd, handover);
        }

        @Override
        public Embedded withTimeout(Duration other) {
            return with(other, vendor, maxCostUsd, handover);
        }

        @Override
        public Embedded withMaxCostUsd(BigDecimal other) {
            return with(timeout, vendor, Optional.of(other), handover);
        }

        @Override
        public Embedded withHandover(Handover other) {
            return with(timeout, vendor, maxCostUsd, other);
        }

        private Embedded with(
                Duration otherTimeout,
                Optional<String> otherVendor,
                Optional<BigDecimal> otherBudget,
                Handover otherHandover) {
            return new Embedded(
                    name,
                    openaiBaseUrl,
                    resultsPrefix,
                    pollInterval,
                    otherTimeout,
                    otherVendor,
                    spread,
                    otherBudget,
                    savings,
                    otherHandover);
        }
    }
}
