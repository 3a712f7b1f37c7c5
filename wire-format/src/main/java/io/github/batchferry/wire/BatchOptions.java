package io.github.batchferry.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How a batch is to be answered, beside what is asked.
 *
 * @param maxCostUsd budget in US dollars, above which no further request is sent; empty for none
 * @param economy whether it goes through the vendors' own batch APIs, slower and cheaper
 * @param shards jobs among which the requests are divided, 1 to {@value #MAX_SHARDS}
 * @param continuation who starts the next run when one must end before all is answered
 * @param cancel whether nothing more is to be asked: what is under way at vendors is cancelled, what was answered is kept,
 *     and the rest is marked cancelled
 */
public record BatchOptions(
        Optional<BigDecimal> maxCostUsd, boolean economy, int shards, Continuation continuation, boolean cancel) {
    /** Most jobs a matrix of GitHub Actions has. */
    public static final int MAX_SHARDS = 256;

    /** No budget, one job, continued by the client. */
    public static final BatchOptions STANDARD = new BatchOptions(Optional.empty(), false, 1, Continuation.CLIENT);

    /** Who starts the next run. */
    public enum Continuation {
        /** The client that waits. */
        CLIENT,
        /** The workflow itself, whether or not a client waits. */
        RUNNER;

        /** The wire form, in lower case. */
        @Override
        public String toString() {
            return this == CLIENT ? "client" : "runner";
        }

        static Continuation parse(String text) {
            for (Continuation continuation : values()) {
                if (continuation.toString().equals(text)) {
                    return continuation;
                }
            }
            throw new InvalidValueException("continue", text, "client or runner");
        }
    }

    public BatchOptions {
        maxCostUsd = maxCostUsd.map(BigDecimal::stripTrailingZeros);
        if (maxCostUsd.isPresent() && maxCostUsd.get().signum() < 0) {
            throw new InvalidValueException("max_cost_usd", maxCostUsd.get().toPlainString(), "an amount from 0");
        }
        if (shards < 1 || shards > MAX_SHARDS) {
            throw new InvalidValueException("shards", Integer.toString(shards), "a number from 1 to " + MAX_SHARDS);
        }
    }

    /** Options of a batch that is to be answered. */
    public BatchOptions(Optional<BigDecimal> maxCostUsd, boolean economy, int shards, Continuation continuation) {
        this(maxCostUsd, economy, shards, continuation, false);
    }

    /** The same options with a budget. */
    public BatchOptions withMaxCostUsd(BigDecimal budget) {
        return new BatchOptions(Optional.of(budget), economy, shards, continuation, cancel);
    }

    /** The same options, by the vendors' own batch APIs or not. */
    public BatchOptions withEconomy(boolean cheaper) {
        return new BatchOptions(maxCostUsd, cheaper, shards, continuation, cancel);
    }

    /** The same options for a batch of which nothing more is to be asked. */
    public BatchOptions cancelled() {
        return new BatchOptions(maxCostUsd, economy, shards, continuation, true);
    }

    /**
     * Whether a program that does not know them must not answer the batch: it would go over the budget, pay the full price,
     * answer every request once per shard, or ask what was cancelled. Who continues is not among them.
     */
    boolean changeSpending() {
        return maxCostUsd.isPresent() || economy || shards > 1 || cancel;
    }

    void addTo(ObjectNode json) {
        json.put("max_cost_usd", maxCostUsd.orElse(null));
        json.put("economy", economy);
        json.put("shards", shards);
        json.put("continue", continuation.toString());
        if (cancel) {
            json.put("cancel", true);
        }
    }

    /**
     * Reads the keys of a manifest; those that are absent or null have their usual value, as in manifests of older clients.
     *
     * @throws InvalidValueException if one is of another kind: a budget that is a text must not be taken for none
     */
    static BatchOptions of(JsonNode json) {
        return new BatchOptions(
                key(json, "max_cost_usd", JsonNode::isNumber, "a number").map(JsonNode::decimalValue),
                flag(json, "economy"),
                key(json, "shards", BatchOptions::isInt, "a number from 1 to " + MAX_SHARDS)
                        .map(JsonNode::asInt)
                        .orElse(1),
                key(json, "continue", JsonNode::isTextual, "client or runner")
                        .map(node -> Continuation.parse(node.asText()))
                        .orElse(Continuation.CLIENT),
                flag(json, "cancel"));
    }

    private static boolean flag(JsonNode json, String key) {
        return key(json, key, JsonNode::isBoolean, "true or false")
                .map(JsonNode::asBoolean)
                .orElse(false);
    }

    /** Others would be cut to some number of 32 bits. */
    private static boolean isInt(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToInt();
    }

    private static Optional<JsonNode> key(JsonNode json, String key, Predicate<JsonNode> kind, String expected) {
        Optional<JsonNode> found = Optional.ofNullable(json.get(key)).filter(node -> !node.isNull());
        if (found.isPresent() && !kind.test(found.get())) {
            throw new InvalidValueException(key, found.get().toString(), expected);
        }
        return found;
    }
}
