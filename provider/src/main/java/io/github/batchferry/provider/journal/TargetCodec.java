package io.github.batchferry.provider.journal;

import static io.github.batchferry.provider.journal.JournalEventCodec.optionalText;
import static io.github.batchferry.provider.journal.JournalEventCodec.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.github.RepositorySlug;
import io.github.batchferry.provider.targets.AppAccess;
import io.github.batchferry.provider.targets.Handover;
import io.github.batchferry.provider.targets.Savings;
import io.github.batchferry.provider.targets.Spread;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.provider.targets.Waiting;
import io.github.batchferry.provider.targets.Waiting.OnTimeout;
import io.github.batchferry.wire.BatchOptions.Continuation;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.MalformedJsonException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The form of a target in the journal. It is stored in full, so that a batch can be taken up after {@code targets.yaml}
 * was edited. It names the variable that holds a token, never the token.
 */
public final class TargetCodec {
    private TargetCodec() {}

    /** A target as a JSON object. */
    public static ObjectNode write(Target target) {
        ObjectNode json = JsonSupport.MAPPER.createObjectNode();
        if (target instanceof Target.GitHubActions github) {
            json.put("kind", "github-actions");
            json.put("api_url", github.server().apiUrl().toString());
            json.put("web_url", github.server().webUrl().toString());
            json.put("repository", github.repository().toString());
            json.put("workflow", github.workflow());
            json.put("ref", github.ref().orElse(null));
            json.put("token_env", github.tokenEnv().orElse(null));
            github.app().ifPresent(app -> json.set("app", writeApp(app)));
            writeWaiting(json, github.waiting());
        } else if (target instanceof Target.Embedded embedded) {
            json.put("kind", "embedded");
            json.put(
                    "openai_base_url",
                    embedded.openaiBaseUrl().map(URI::toString).orElse(null));
        }
        json.put("name", target.name());
        json.put("results_prefix", target.resultsPrefix());
        json.put("poll_interval", target.pollInterval().map(Duration::toString).orElse(null));
        json.put("timeout", target.timeout().toString());
        json.put("vendor", target.vendor().orElse(null));
        writeSpread(json, target.spread());
        target.maxCostUsd().ifPresent(budget -> json.put("max_cost_usd", budget.toPlainString()));
        writeSavings(json, target.savings());
        writeHandover(json, target.handover());
        return json;
    }

    private static ObjectNode writeApp(AppAccess app) {
        ObjectNode json = JsonSupport.MAPPER.createObjectNode().put("id", app.id());
        app.installation().ifPresent(number -> json.put("installation_id", number));
        app.privateKeyEnv().ifPresent(variable -> json.put("private_key_env", variable));
        app.privateKeyFile().ifPresent(file -> json.put("private_key_file", file));
        return json;
    }

    private static Optional<AppAccess> app(JsonNode json) throws MalformedJsonException {
        JsonNode app = json.path("app");
        if (!app.isObject()) {
            return Optional.empty();
        }
        JsonNode installation = app.path("installation_id");
        return Optional.of(new AppAccess(
                text(app, "id"),
                installation.isIntegralNumber() ? OptionalLong.of(installation.longValue()) : OptionalLong.empty(),
                optionalText(app, "private_key_env"),
                optionalText(app, "private_key_file")));
    }

    /** Only what is not the usual, so that older versions read the journals of usual targets. */
    private static void writeSpread(ObjectNode json, Spread spread) {
        spread.shards().ifPresent(shards -> json.put("shards", shards));
        spread.shardSize().ifPresent(size -> json.put("shard_size", size));
        if (spread.continuation() != Continuation.CLIENT) {
            json.put("continue", spread.continuation().toString());
        }
    }

    private static void writeSavings(ObjectNode json, Savings savings) {
        if (savings.economy()) {
            json.put("economy", true);
        }
        if (savings.cache()) {
            json.put("cache", true);
        }
    }

    private static Savings savings(JsonNode json) {
        return new Savings(
                json.path("economy").asBoolean(false), json.path("cache").asBoolean(false));
    }

    private static void writeHandover(ObjectNode json, Handover handover) {
        if (handover.resultsArtifact()) {
            json.put("results_artifact", true);
        }
        if (handover.keepRequests()) {
            json.put("keep_requests", true);
        }
    }

    private static Handover handover(JsonNode json) {
        return new Handover(
                json.path("results_artifact").asBoolean(),
                json.path("keep_requests").asBoolean());
    }

    private static void writeWaiting(ObjectNode json, Waiting waiting) {
        if (waiting.onTimeout() != OnTimeout.WAIT) {
            json.put("on_timeout", waiting.onTimeout().toString());
        }
        waiting.queueTimeout().ifPresent(longest -> json.put("queue_timeout", longest.toString()));
    }

    private static Waiting waiting(JsonNode json) {
        boolean cancel = optionalText(json, "on_timeout")
                .filter(OnTimeout.CANCEL.toString()::equals)
                .isPresent();
        return new Waiting(
                cancel ? OnTimeout.CANCEL : OnTimeout.WAIT,
                optionalText(json, "queue_timeout").map(Duration::parse));
    }

    private static Spread spread(JsonNode json) {
        boolean runner = optionalText(json, "continue")
                .filter(Continuation.RUNNER.toString()::equals)
                .isPresent();
        return new Spread(
                integer(json, "shards"),
                integer(json, "shard_size"),
                runner ? Continuation.RUNNER : Continuation.CLIENT);
    }

    private static OptionalInt integer(JsonNode json, String key) {
        return json.path(key).isInt() ? OptionalInt.of(json.path(key).asInt()) : OptionalInt.empty();
    }

    /**
     * Whether two targets send a batch to the same place. How long and how often to look, which token to use, how a batch is
     * spread over jobs, what is saved, and the budget may differ: the batch that is under way keeps its own.
     */
    static boolean samePlace(Target one, Target other) {
        return place(one).equals(place(other));
    }

    /** A target as a JSON object without what may differ for the {@linkplain #samePlace same place}. */
    public static ObjectNode place(Target target) {
        return write(target)
                .without(List.of(
                        "poll_interval",
                        "timeout",
                        "on_timeout",
                        "queue_timeout",
                        "token_env",
                        "app",
                        "shards",
                        "shard_size",
                        "continue",
                        "max_cost_usd",
                        "economy",
                        "cache",
                        "keep_requests"));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws MalformedJsonException if it is no target that this version knows, with the reason
     */
    public static Target read(JsonNode json) throws MalformedJsonException {
        try {
            String kind = text(json, "kind");
            return switch (kind) {
                case "github-actions" -> gitHubActions(json);
                case "embedded" -> embedded(json);
                default -> throw new MalformedJsonException("unknown kind of target `" + kind + "`");
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new MalformedJsonException(e.getMessage());
        }
    }

    private static Target gitHubActions(JsonNode json) throws MalformedJsonException {
        return new Target.GitHubActions(
                text(json, "name"),
                new GitHubServer(URI.create(text(json, "api_url")), URI.create(text(json, "web_url"))),
                RepositorySlug.parse(text(json, "repository")),
                text(json, "workflow"),
                optionalText(json, "ref"),
                text(json, "results_prefix"),
                pollInterval(json),
                Duration.parse(text(json, "timeout")),
                optionalText(json, "token_env"),
                optionalText(json, "vendor"),
                spread(json),
                maxCost(json),
                savings(json),
                handover(json),
                app(json),
                waiting(json));
    }

    private static Target embedded(JsonNode json) throws MalformedJsonException {
        return new Target.Embedded(
                text(json, "name"),
                optionalText(json, "openai_base_url").map(URI::create),
                text(json, "results_prefix"),
                pollInterval(json),
                Duration.parse(text(json, "timeout")),
                optionalText(json, "vendor"),
                spread(json),
                maxCost(json),
                savings(json),
                handover(json));
    }

    private static Optional<BigDecimal> maxCost(JsonNode json) {
        return optionalText(json, "max_cost_usd").map(BigDecimal::new);
    }

    private static Optional<Duration> pollInterval(JsonNode json) {
        return optionalText(json, "poll_interval").map(Duration::parse);
    }
}
