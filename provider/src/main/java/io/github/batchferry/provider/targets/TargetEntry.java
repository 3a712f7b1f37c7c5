package io.github.batchferry.provider.targets;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.github.RepositorySlug;
import io.github.batchferry.github.TokenText;
import io.github.batchferry.provider.targets.Waiting.OnTimeout;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchOptions;
import io.github.batchferry.wire.BatchOptions.Continuation;
import io.github.batchferry.wire.config.YamlMap;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One entry of {@code targets.yaml}. A mistake becomes a problem of the file and reading goes on with a default, so that all
 * mistakes are seen in one pass.
 */
final class TargetEntry {
    static final Set<String> GITHUB_ACTIONS_KEYS = Set.of(
            "name",
            "provider",
            "repo",
            "workflow",
            "results_branch",
            "results_artifact",
            "poll_interval",
            "timeout",
            "on_timeout",
            "queue_timeout",
            "ref",
            "host",
            "api_url",
            "token_env",
            "app",
            "vendor",
            "shards",
            "shard_size",
            "continue",
            "max_cost_usd",
            "economy",
            "cache",
            "keep_requests");
    static final Set<String> EMBEDDED_KEYS = Set.of(
            "name",
            "provider",
            "openai_base_url",
            "vendor",
            "results_branch",
            "results_artifact",
            "poll_interval",
            "timeout",
            "shards",
            "shard_size",
            "continue",
            "max_cost_usd",
            "economy",
            "cache",
            "keep_requests");

    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}`]{1,100}");
    private static final Pattern WORKFLOW = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*\\.ya?ml");
    private static final Pattern ENVIRONMENT_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern VENDOR = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final String SAFE_ADDRESS =
            WebAddress.EXPECTED + ", https unless on this machine, as the token travels there";
    private static final Duration SHORTEST_POLL = Duration.ofMillis(100);

    /** Stands in for a repository that is missing, wrong or left open; such a target is never handed out. */
    private static final RepositorySlug NEVER_SEEN = new RepositorySlug("none", "none");

    private final TargetValues values;
    private final GitHubServer standard;

    /**
     * @param environment environment variables; empty to leave open what stands for one of them
     * @param standard the GitHub of entries that name none
     */
    TargetEntry(YamlMap yaml, Optional<Map<String, String>> environment, GitHubServer standard) {
        this.values = new TargetValues(yaml, environment);
        this.standard = standard;
    }

    /** The entry's name, or an empty text where it has none; that is a problem of the file then. */
    String name() {
        return values.requiredLiteral("name")
                .flatMap(name -> values.matching(
                        "name", NAME, "at most 100 characters without control characters and backticks"))
                .orElse("");
    }

    Target gitHubActions(String name) {
        values.allowOnly(GITHUB_ACTIONS_KEYS);
        return new Target.GitHubActions(
                name,
                server(),
                repository(),
                values.matching("workflow", WORKFLOW, "a file of .github/workflows such as run-evals.yml")
                        .orElse(Target.GitHubActions.DEFAULT_WORKFLOW),
                branch("ref"),
                resultsPrefix(),
                pollInterval(),
                timeout(),
                tokenEnv(),
                vendor(),
                spread(),
                maxCost(),
                savings(),
                handover(),
                values.map("app").flatMap(this::app),
                waiting());
    }

    private Optional<AppAccess> app(YamlMap app) {
        if (values.has("token_env")) {
            values.problem("app", "expected either app or token_env, found both; remove one of them");
        }
        return new AppEntry(app).read();
    }

    Target embedded(String name) {
        values.allowOnly(EMBEDDED_KEYS);
        return new Target.Embedded(
                name,
                address("openai_base_url"),
                resultsPrefix(),
                pollInterval(),
                timeout(),
                vendor(),
                spread(),
                maxCost(),
                savings(),
                handover());
    }

    private Handover handover() {
        return new Handover(values.bool("results_artifact"), values.bool("keep_requests"));
    }

    private GitHubServer server() {
        if (values.has("host") && values.has("api_url")) {
            values.problem("host", "expected either host or api_url, found both; remove one of them");
        }
        Optional<GitHubServer> named = values.value("host", HostName.EXPECTED, HostName::server);
        return named.or(() -> values.value("api_url", SAFE_ADDRESS, TargetEntry::safeAddress)
                        .map(GitHubServer::ofApi))
                .orElse(standard);
    }

    /** Over plain http the token would travel in the clear. */
    private static Optional<URI> safeAddress(String text) {
        return WebAddress.parse(text).filter(uri -> "https".equals(uri.getScheme()) || WebAddress.isLoopback(uri));
    }

    private RepositorySlug repository() {
        if (!values.has("repo")) {
            values.problem("repo", "missing");
        }
        return values.parsed("repo", RepositorySlug::parse).orElse(NEVER_SEEN);
    }

    private String resultsPrefix() {
        return branch("results_branch").orElse(BatchFiles.DEFAULT_RESULTS_PREFIX);
    }

    /** A wrong value is not shown: somebody may have written the token itself. */
    private Optional<String> tokenEnv() {
        Optional<String> name = values.literal("token_env");
        boolean wrong = name.filter(text -> !ENVIRONMENT_NAME.matcher(text).matches() || TokenText.isIn(text))
                .isPresent();
        if (wrong) {
            values.problem(
                    "token_env", "expected the name of an environment variable such as RUNNER_TOKEN, never the token");
        }
        return name;
    }

    private Optional<String> vendor() {
        return values.matching("vendor", VENDOR, "lower-case letters, digits and hyphens");
    }

    private Spread spread() {
        if (values.has("shards") && values.has("shard_size")) {
            values.problem("shard_size", "expected either shards or shard_size, found both; remove one of them");
        }
        return new Spread(
                values.integer("shards", 1, BatchOptions.MAX_SHARDS),
                values.integer("shard_size", 1, Integer.MAX_VALUE),
                values.value("continue", "client or runner", TargetEntry::continuation)
                        .orElse(Continuation.CLIENT));
    }

    private static Optional<Continuation> continuation(String text) {
        return Arrays.stream(Continuation.values())
                .filter(continuation -> continuation.toString().equals(text))
                .findFirst();
    }

    private Savings savings() {
        Savings savings = new Savings(values.bool("economy"), values.bool("cache"));
        if (savings.economy() && values.has("max_cost_usd")) {
            values.problem(
                    "economy",
                    "cannot keep a budget, as vendors tell the cost when all is done; remove economy or max_cost_usd");
        }
        return savings;
    }

    private Optional<BigDecimal> maxCost() {
        return values.value("max_cost_usd", DollarAmount.EXPECTED, DollarAmount::parse);
    }

    private Optional<Duration> pollInterval() {
        Optional<Duration> interval = values.duration("poll_interval");
        if (interval.isPresent() && interval.get().compareTo(SHORTEST_POLL) < 0) {
            values.problem("poll_interval", "expected 100ms or more");
        }
        return interval;
    }

    private Duration timeout() {
        return duration("timeout").orElse(Target.DEFAULT_TIMEOUT);
    }

    private Waiting waiting() {
        return new Waiting(onTimeout(), duration("queue_timeout"));
    }

    private OnTimeout onTimeout() {
        Optional<String> text = values.literal("on_timeout");
        for (OnTimeout known : OnTimeout.values()) {
            if (text.filter(known.toString()::equals).isPresent()) {
                return known;
            }
        }
        text.ifPresent(other -> values.problem("on_timeout", "expected wait or cancel, found `" + other + "`"));
        return OnTimeout.WAIT;
    }

    private Optional<Duration> duration(String key) {
        Optional<Duration> duration = values.duration(key);
        if (duration.isPresent() && duration.get().isZero()) {
            values.problem(key, "expected more than nothing");
        }
        return duration;
    }

    private Optional<String> branch(String key) {
        return values.parsed(key, BranchName::new).map(BranchName::value);
    }

    private Optional<URI> address(String key) {
        return values.value(key, WebAddress.EXPECTED, WebAddress::parse);
    }
}
