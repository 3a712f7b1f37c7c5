package io.github.batchferry.provider.targets;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.github.RepositorySlug;
import io.github.batchferry.provider.targets.Waiting.OnTimeout;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchOptions;
import io.github.batchferry.wire.BatchOptions.Continuation;
import io.github.batchferry.wire.config.YamlMap;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One entry of {@code targets.yaml}. A mistake becomes a problem of the file and reading goes on with a default, so that all
 * mistakes are seen in one pass.
 *
 * @param yaml the entry as it stands in the file
 */
record TargetEntry(YamlMap yaml) {
    private static final Set<String> GITHUB_ACTIONS_KEYS = Set.of(
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
            "api_url",
            "token_env",
            "vendor",
            "shards",
            "shard_size",
            "continue",
            "max_cost_usd");
    private static final Set<String> EMBEDDED_KEYS = Set.of(
            "name",
            "provider",
            "openai_base_url",
            "vendor",
            "results_branch",
            "poll_interval",
            "timeout",
            "shards",
            "shard_size",
            "continue",
            "max_cost_usd");

    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}`]{1,100}");
    private static final Pattern WORKFLOW = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*\\.ya?ml");
    private static final Pattern ENVIRONMENT_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern VENDOR = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern TOKEN = Pattern.compile("(gh[a-z]_|github_pat_)[A-Za-z0-9_]{20,}");
    private static final Duration SHORTEST_POLL = Duration.ofMillis(100);

    /** Stands in for a repository that is missing or wrong; that is a problem, so the target is never handed out. */
    private static final RepositorySlug NEVER_SEEN = new RepositorySlug("none", "none");

    /** The entry's name, or an empty text where it has none; that is a problem of the file then. */
    String name() {
        return yaml.requiredString("name")
                .filter(name -> matches("name", name, NAME, "at most 100 characters without control characters"))
                .orElse("");
    }

    Target gitHubActions() {
        yaml.allowOnly(GITHUB_ACTIONS_KEYS);
        refuseArtifact();
        return new Target.GitHubActions(
                yaml.string("name").orElse(""),
                server(),
                yaml.requiredString("repo")
                        .flatMap(text -> read("repo", text, RepositorySlug::parse))
                        .orElse(NEVER_SEEN),
                workflow(),
                branch("ref"),
                resultsPrefix(),
                pollInterval(),
                timeout(),
                tokenEnv(),
                vendor(),
                spread(),
                maxCost(),
                waiting());
    }

    Target embedded() {
        yaml.allowOnly(EMBEDDED_KEYS);
        return new Target.Embedded(
                yaml.string("name").orElse(""),
                address("openai_base_url"),
                resultsPrefix(),
                pollInterval(),
                timeout(),
                vendor(),
                spread(),
                maxCost());
    }

    private void refuseArtifact() {
        if (yaml.bool("results_artifact").orElse(false)) {
            yaml.problem(
                    "results_artifact", "artifacts are not supported yet; remove the key, results come on a branch");
        }
    }

    private GitHubServer server() {
        Optional<URI> api = address("api_url");
        if (api.isPresent() && !"https".equals(api.get().getScheme()) && !WebAddress.isLoopback(api.get())) {
            yaml.problem("api_url", "expected https, the token would travel in the clear to `" + api.get() + "`");
        }
        return api.map(GitHubServer::ofApi).orElse(GitHubServer.GITHUB_COM);
    }

    private String workflow() {
        return yaml.string("workflow")
                .filter(text ->
                        matches("workflow", text, WORKFLOW, "a file of .github/workflows such as run-evals.yml"))
                .orElse(Target.GitHubActions.DEFAULT_WORKFLOW);
    }

    private String resultsPrefix() {
        return branch("results_branch").orElse(BatchFiles.DEFAULT_RESULTS_PREFIX);
    }

    /** A wrong value is not shown: somebody may have written the token itself. */
    private Optional<String> tokenEnv() {
        Optional<String> name = yaml.string("token_env");
        boolean wrong = name.filter(text -> !ENVIRONMENT_NAME.matcher(text).matches()
                        || TOKEN.matcher(text).matches())
                .isPresent();
        if (wrong) {
            yaml.problem(
                    "token_env", "expected the name of an environment variable such as RUNNER_TOKEN, never the token");
        }
        return name;
    }

    private Optional<String> vendor() {
        return yaml.string("vendor")
                .filter(text -> matches("vendor", text, VENDOR, "lower-case letters, digits and hyphens"));
    }

    private Spread spread() {
        if (yaml.has("shards") && yaml.has("shard_size")) {
            yaml.problem("shard_size", "expected either shards or shard_size, found both; remove one of them");
        }
        return new Spread(
                yaml.integer("shards", 1, BatchOptions.MAX_SHARDS),
                yaml.integer("shard_size", 1, Integer.MAX_VALUE),
                continuation());
    }

    private Continuation continuation() {
        Optional<String> text = yaml.string("continue");
        for (Continuation continuation : Continuation.values()) {
            if (text.filter(continuation.toString()::equals).isPresent()) {
                return continuation;
            }
        }
        text.ifPresent(other -> yaml.problem("continue", "expected client or runner, found `" + other + "`"));
        return Continuation.CLIENT;
    }

    private Optional<BigDecimal> maxCost() {
        Optional<String> text = yaml.string("max_cost_usd");
        Optional<BigDecimal> amount = text.flatMap(DollarAmount::parse);
        if (text.isPresent() && amount.isEmpty()) {
            yaml.problem("max_cost_usd", "expected " + DollarAmount.EXPECTED + ", found `" + text.get() + "`");
        }
        return amount;
    }

    private Optional<Duration> pollInterval() {
        Optional<Duration> interval = yaml.duration("poll_interval");
        if (interval.isPresent() && interval.get().compareTo(SHORTEST_POLL) < 0) {
            yaml.problem("poll_interval", "expected 100ms or more");
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
        Optional<String> text = yaml.string("on_timeout");
        for (OnTimeout known : OnTimeout.values()) {
            if (text.filter(known.toString()::equals).isPresent()) {
                return known;
            }
        }
        text.ifPresent(other -> yaml.problem("on_timeout", "expected wait or cancel, found `" + other + "`"));
        return OnTimeout.WAIT;
    }

    private Optional<Duration> duration(String key) {
        Optional<Duration> duration = yaml.duration(key);
        if (duration.isPresent() && duration.get().isZero()) {
            yaml.problem(key, "expected more than nothing");
        }
        return duration;
    }

    private Optional<String> branch(String key) {
        return yaml.string(key)
                .flatMap(text -> read(key, text, BranchName::new))
                .map(BranchName::value);
    }

    private Optional<URI> address(String key) {
        Optional<String> text = yaml.string(key);
        Optional<URI> address = text.flatMap(WebAddress::parse);
        if (text.isPresent() && address.isEmpty()) {
            yaml.problem(key, "expected " + WebAddress.EXPECTED + ", found `" + text.get() + "`");
        }
        return address;
    }

    private <T> Optional<T> read(String key, String text, Function<String, T> reader) {
        try {
            return Optional.of(reader.apply(text));
        } catch (IllegalArgumentException e) {
            yaml.problem(key, e.getMessage());
            return Optional.empty();
        }
    }

    private boolean matches(String key, String text, Pattern form, String expected) {
        boolean matches = form.matcher(text).matches();
        if (!matches) {
            yaml.problem(key, "expected " + expected + ", found `" + text + "`");
        }
        return matches;
    }
}
