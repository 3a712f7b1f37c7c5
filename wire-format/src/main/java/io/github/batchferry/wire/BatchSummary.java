package io.github.batchferry.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.json.RawJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a batch ({@code summary.json} on the results branch). It is pushed after the last part, so its presence
 * means that the results are complete.
 *
 * @param batchId the batch
 * @param requestsSha256 digest of the requests that were answered, as in the manifest
 * @param counts responses per status; all statuses are there
 * @param parts the files of responses, in order
 * @param usage tokens of all responses together
 * @param costUsd price of all responses together in US dollars; empty if the price of any is not known
 * @param startedAt when the first attempt of the run began
 * @param finishedAt when the last response was there
 * @param runId GitHub's number of the run
 * @param runAttempt which attempt of the run finished, counted from 1
 * @param runner program and version that answered
 * @param accounts tokens and cost where not all is known
 */
public record BatchSummary(
        BatchId batchId,
        Sha256 requestsSha256,
        Map<ResponseStatus, Long> counts,
        List<Part> parts,
        TokenUsage usage,
        Optional<BigDecimal> costUsd,
        Instant startedAt,
        Instant finishedAt,
        long runId,
        int runAttempt,
        String runner,
        Accounts accounts) {
    private static final int SCHEMA_VERSION = 1;

    /**
     * One file of responses.
     *
     * @param name as in {@link BatchFiles#responsesPart}
     * @param lines number of responses
     * @param bytes size
     * @param sha256 digest of the file
     */
    public record Part(String name, long lines, long bytes, Sha256 sha256) {}

    public BatchSummary {
        Map<ResponseStatus, Long> all = new EnumMap<>(ResponseStatus.class);
        for (ResponseStatus status : ResponseStatus.values()) {
            all.put(status, counts.getOrDefault(status, 0L));
        }
        counts = Map.copyOf(all);
        parts = List.copyOf(parts);
    }

    /** A summary with {@linkplain Accounts#NONE nothing} beside the sums. */
    public BatchSummary(
            BatchId batchId,
            Sha256 requestsSha256,
            Map<ResponseStatus, Long> counts,
            List<Part> parts,
            TokenUsage usage,
            Optional<BigDecimal> costUsd,
            Instant startedAt,
            Instant finishedAt,
            long runId,
            int runAttempt,
            String runner) {
        this(
                batchId,
                requestsSha256,
                counts,
                parts,
                usage,
                costUsd,
                startedAt,
                finishedAt,
                runId,
                runAttempt,
                runner,
                Accounts.NONE);
    }

    /** Number of all responses. */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Number of responses with a status. */
    public long count(ResponseStatus status) {
        return counts.get(status);
    }

    /** The wire form, one line. */
    public RawJson toJson() {
        ObjectNode json = JsonSupport.MAPPER.createObjectNode();
        json.put("schema_version", SCHEMA_VERSION);
        json.put("batch_id", batchId.value());
        json.put("requests_sha256", requestsSha256.value());
        json.put("total", total());
        ObjectNode countsJson = json.putObject("counts");
        for (ResponseStatus status : ResponseStatus.values()) {
            countsJson.put(status.toString(), count(status));
        }
        ArrayNode partsJson = json.putArray("parts");
        for (Part part : parts) {
            partsJson
                    .addObject()
                    .put("name", part.name())
                    .put("lines", part.lines())
                    .put("bytes", part.bytes())
                    .put("sha256", part.sha256().value());
        }
        json.putObject("token_usage")
                .put("input", usage.input())
                .put("output", usage.output())
                .put("cache_read", usage.cacheRead())
                .put("cache_write", usage.cacheWrite())
                .put("reasoning", usage.reasoning());
        json.put("cost_usd", costUsd.orElse(null));
        accounts.addTo(json);
        json.put("started_at", startedAt.toString());
        json.put("finished_at", finishedAt.toString());
        json.put("run_id", runId);
        json.put("run_attempt", runAttempt);
        json.put("runner", runner);
        return WireDocuments.toRaw(json);
    }

    /**
     * Reads the wire form. Unknown keys are skipped.
     *
     * @throws MalformedJsonException if it is not a summary of a schema this version knows, with the reason
     */
    public static BatchSummary parse(byte[] bytes) throws MalformedJsonException {
        JsonNode json = WireDocuments.read(bytes, SCHEMA_VERSION);
        try {
            return new BatchSummary(
                    new BatchId(WireDocuments.text(json, "batch_id")),
                    new Sha256(WireDocuments.text(json, "requests_sha256")),
                    counts(json.path("counts")),
                    parts(json.path("parts")),
                    usage(json.path("token_usage")),
                    Optional.of(json.path("cost_usd"))
                            .filter(JsonNode::isNumber)
                            .map(JsonNode::decimalValue),
                    Instant.parse(WireDocuments.text(json, "started_at")),
                    Instant.parse(WireDocuments.text(json, "finished_at")),
                    WireDocuments.number(json, "run_id"),
                    Math.toIntExact(WireDocuments.number(json, "run_attempt")),
                    WireDocuments.text(json, "runner"),
                    Accounts.of(json));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new MalformedJsonException(e.getMessage());
        }
    }

    private static Map<ResponseStatus, Long> counts(JsonNode json) throws MalformedJsonException {
        Map<ResponseStatus, Long> counts = new EnumMap<>(ResponseStatus.class);
        for (ResponseStatus status : ResponseStatus.values()) {
            counts.put(status, WireDocuments.number(json, status.toString()));
        }
        return counts;
    }

    private static List<Part> parts(JsonNode json) throws MalformedJsonException {
        List<Part> parts = new ArrayList<>();
        for (JsonNode part : json) {
            parts.add(new Part(
                    WireDocuments.text(part, "name"),
                    WireDocuments.number(part, "lines"),
                    WireDocuments.number(part, "bytes"),
                    new Sha256(WireDocuments.text(part, "sha256"))));
        }
        return parts;
    }

    private static TokenUsage usage(JsonNode json) throws MalformedJsonException {
        return new TokenUsage(
                WireDocuments.number(json, "input"),
                WireDocuments.number(json, "output"),
                WireDocuments.number(json, "cache_read"),
                WireDocuments.number(json, "cache_write"),
                WireDocuments.number(json, "reasoning"));
    }
}
