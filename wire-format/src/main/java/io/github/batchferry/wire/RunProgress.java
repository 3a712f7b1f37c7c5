package io.github.batchferry.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.json.RawJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a batch is ({@code progress.json} on the results branch). Every checkpoint replaces it: it is the one file there
 * that changes. On a shard's branch it is about that shard alone.
 *
 * @param batchId the batch
 * @param shard which part of the requests it is about
 * @param answered requests that have a response
 * @param total all requests of that part
 * @param state whether somebody still works on it
 * @param reason why it stopped or paused, for people; empty while it runs and when it is complete
 * @param startedAt when the first attempt of all runs began
 * @param updatedAt when this was written
 * @param estimatedEnd when the last response can be expected at the speed so far; empty while that is not known
 * @param runId GitHub's number of the run that wrote this
 * @param runAttempt which attempt of the run
 * @param continuation how many runs of the batch the workflow had started by itself before this one
 * @param soFar how the answered requests went and what they cost; empty if an older runner wrote this
 */
public record RunProgress(
        BatchId batchId,
        Shard shard,
        long answered,
        long total,
        State state,
        Optional<String> reason,
        Instant startedAt,
        Instant updatedAt,
        Optional<Instant> estimatedEnd,
        long runId,
        int runAttempt,
        int continuation,
        Optional<SoFar> soFar) {
    private static final int SCHEMA_VERSION = 1;

    /**
     * The outcome of the requests that are answered.
     *
     * @param succeeded those with the status {@code succeeded}
     * @param knownCostUsd price in US dollars of those whose price is known
     * @param costUnknown those that were sent and have no known price
     */
    public record SoFar(long succeeded, BigDecimal knownCostUsd, long costUnknown) {
        /** The outcome of the requests of both, which are different ones. */
        public SoFar plus(SoFar other) {
            return new SoFar(
                    succeeded + other.succeeded, knownCostUsd.add(other.knownCostUsd), costUnknown + other.costUnknown);
        }
    }

    /** Progress that says nothing of the outcome, as older runners write it. */
    public RunProgress(
            BatchId batchId,
            Shard shard,
            long answered,
            long total,
            State state,
            Optional<String> reason,
            Instant startedAt,
            Instant updatedAt,
            Optional<Instant> estimatedEnd,
            long runId,
            int runAttempt,
            int continuation) {
        this(
                batchId,
                shard,
                answered,
                total,
                state,
                reason,
                startedAt,
                updatedAt,
                estimatedEnd,
                runId,
                runAttempt,
                continuation,
                Optional.empty());
    }

    /** Whether somebody works on a batch. */
    public enum State {
        /** Requests are being answered. */
        RUNNING,
        /** The run was cancelled or failed; a re-run answers the rest. */
        STOPPED,
        /** The run ended by itself before the time limit of its job; another run is to answer the rest. */
        PAUSED,
        /** Every request has its response. */
        COMPLETE;

        /** The wire form, in lower case. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State parse(String text) {
            for (State state : values()) {
                if (state.toString().equals(text)) {
                    return state;
                }
            }
            throw new InvalidValueException("state", text, "running, stopped, paused or complete");
        }
    }

    public RunProgress {
        startedAt = startedAt.truncatedTo(ChronoUnit.MILLIS);
        updatedAt = updatedAt.truncatedTo(ChronoUnit.MILLIS);
        estimatedEnd = estimatedEnd.map(end -> end.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Whether this attempt of a run wrote it, and paused. */
    public boolean isPauseOf(long run, int attempt) {
        return state == State.PAUSED && runId == run && runAttempt == attempt;
    }

    /** The wire form, one line. */
    public RawJson toJson() {
        ObjectNode json = JsonSupport.MAPPER.createObjectNode();
        json.put("schema_version", SCHEMA_VERSION);
        json.put("batch_id", batchId.value());
        json.put("shard", shard.number());
        json.put("shards", shard.count());
        json.put("answered", answered);
        json.put("total", total);
        json.put("state", state.toString());
        json.put("reason", reason.orElse(null));
        json.put("started_at", startedAt.toString());
        json.put("updated_at", updatedAt.toString());
        json.put("estimated_end", estimatedEnd.map(Instant::toString).orElse(null));
        json.put("run_id", runId);
        json.put("run_attempt", runAttempt);
        json.put("continuation", continuation);
        soFar.ifPresent(outcome -> {
            json.put("succeeded", outcome.succeeded());
            json.put("cost_known_usd", outcome.knownCostUsd());
            json.put("cost_unknown", outcome.costUnknown());
        });
        return WireDocuments.toRaw(json);
    }

    /**
     * Reads the wire form. Unknown keys are skipped.
     *
     * @throws MalformedJsonException if it is not the progress of a schema this version knows, with the reason
     */
    public static RunProgress parse(byte[] bytes) throws MalformedJsonException {
        JsonNode json = WireDocuments.read(bytes, SCHEMA_VERSION);
        try {
            return new RunProgress(
                    new BatchId(WireDocuments.text(json, "batch_id")),
                    new Shard(integer(json, "shard"), integer(json, "shards")),
                    WireDocuments.number(json, "answered"),
                    WireDocuments.number(json, "total"),
                    State.parse(WireDocuments.text(json, "state")),
                    WireDocuments.optionalText(json, "reason"),
                    Instant.parse(WireDocuments.text(json, "started_at")),
                    Instant.parse(WireDocuments.text(json, "updated_at")),
                    WireDocuments.optionalText(json, "estimated_end").map(Instant::parse),
                    WireDocuments.number(json, "run_id"),
                    integer(json, "run_attempt"),
                    integer(json, "continuation"),
                    soFar(json));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeParseException e) {
            throw new MalformedJsonException(e.getMessage());
        }
    }

    /** Talk, no response depends on it: what is missing or wrong says nothing. */
    private static Optional<SoFar> soFar(JsonNode json) {
        boolean there = json.path("succeeded").isIntegralNumber()
                && json.path("cost_known_usd").isNumber()
                && json.path("cost_unknown").isIntegralNumber();
        return there
                ? Optional.of(new SoFar(
                        json.path("succeeded").longValue(),
                        json.path("cost_known_usd").decimalValue(),
                        json.path("cost_unknown").longValue()))
                : Optional.empty();
    }

    private static int integer(JsonNode json, String key) throws MalformedJsonException {
        return Math.toIntExact(WireDocuments.number(json, key));
    }
}
