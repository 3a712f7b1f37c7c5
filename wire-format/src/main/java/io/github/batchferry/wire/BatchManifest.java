package io.github.batchferry.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.json.RawJson;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * Header of a batch ({@code batch.json}, and the workflow input {@code manifest}). It says what the requests must be, so that
 * the batch runner can tell whether it got them all and unchanged.
 *
 * @param batchId the batch
 * @param createdAt when the client made it, to the second
 * @param requestCount number of request lines, at least 1
 * @param requestsBytes bytes of all request lines, each with its LF
 * @param requestsSha256 digest of those bytes
 * @param vendor vendor for lines that name none; empty to choose by model
 * @param client program and version that made it
 * @param options how the batch is to be answered
 */
public record BatchManifest(
        BatchId batchId,
        Instant createdAt,
        long requestCount,
        long requestsBytes,
        Sha256 requestsSha256,
        Optional<String> vendor,
        String client,
        BatchOptions options) {
    private static final int SCHEMA_VERSION = 1;

    /** Written where a program that skips the {@linkplain BatchOptions options} would spend what it must not. */
    private static final int WITH_OPTIONS = 2;

    public BatchManifest {
        Objects.requireNonNull(batchId, "batchId is null");
        createdAt = createdAt.truncatedTo(ChronoUnit.SECONDS);
        Objects.requireNonNull(requestsSha256, "requestsSha256 is null");
        Objects.requireNonNull(vendor, "vendor is null");
        Objects.requireNonNull(client, "client is null");
        Objects.requireNonNull(options, "options is null");
        if (requestCount < 1) {
            throw new IllegalArgumentException("a batch has at least one request");
        }
    }

    /** A manifest with {@linkplain BatchOptions#STANDARD the usual options}. */
    public BatchManifest(
            BatchId batchId,
            Instant createdAt,
            long requestCount,
            long requestsBytes,
            Sha256 requestsSha256,
            Optional<String> vendor,
            String client) {
        this(batchId, createdAt, requestCount, requestsBytes, requestsSha256, vendor, client, BatchOptions.STANDARD);
    }

    /** The same batch with other options. */
    public BatchManifest withOptions(BatchOptions others) {
        return new BatchManifest(
                batchId, createdAt, requestCount, requestsBytes, requestsSha256, vendor, client, others);
    }

    /** The wire form, one line. */
    public RawJson toJson() {
        ObjectNode json = JsonSupport.MAPPER.createObjectNode();
        json.put("schema_version", options.changeSpending() ? WITH_OPTIONS : SCHEMA_VERSION);
        json.put("batch_id", batchId.value());
        json.put("created_at", createdAt.toString());
        json.put("request_count", requestCount);
        json.put("requests_bytes", requestsBytes);
        json.put("requests_sha256", requestsSha256.value());
        json.put("vendor", vendor.orElse(null));
        json.put("client", client);
        options.addTo(json);
        return WireDocuments.toRaw(json);
    }

    /**
     * Reads the wire form. Unknown keys are skipped: a later version of the same schema may add some.
     *
     * @throws MalformedJsonException if it is not a manifest of a schema this version knows, with the reason
     */
    public static BatchManifest parse(byte[] json) throws MalformedJsonException {
        JsonNode node = WireDocuments.read(json, WITH_OPTIONS);
        try {
            return new BatchManifest(
                    new BatchId(WireDocuments.text(node, "batch_id")),
                    Instant.parse(WireDocuments.text(node, "created_at")),
                    WireDocuments.number(node, "request_count"),
                    WireDocuments.number(node, "requests_bytes"),
                    new Sha256(WireDocuments.text(node, "requests_sha256")),
                    WireDocuments.optionalText(node, "vendor"),
                    WireDocuments.text(node, "client"),
                    BatchOptions.of(node));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new MalformedJsonException(e.getMessage());
        }
    }
}
