package io.github.batchferry.wire;

import io.github.batchferry.wire.json.RawJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * The outcome of one request: a line of OpenAI Batch output plus keys of ours. See {@link ResponseLineCodec} for the wire
 * form.
 *
 * @param id our name of the response, {@code batch_req_…}, the same whenever the same request of the same batch is answered
 * @param customId key of the request
 * @param answer what the vendor answered, whatever its status code; empty if no answer came
 * @param error why there is no success; empty exactly when the status is {@code succeeded}
 * @param status how the request ended
 * @param text the completion, where the answer holds one
 * @param usage tokens the vendor reported
 * @param costUsd price in US dollars; empty where it is not known, never zero for unknown
 * @param durationMs milliseconds from the first attempt's start to the answer, waits included
 * @param attempts tries at the vendor; 0 if the request was never sent
 * @param vendor vendor that was asked
 * @param model model the request named
 * @param redacted whether a secret was taken out of it, so that it is not byte for byte what the vendor answered
 * @param cached whether it repeats the answer of an identical request of an earlier batch
 */
public record ResponseLine(
        String id,
        CustomId customId,
        Optional<Answer> answer,
        Optional<Failure> error,
        ResponseStatus status,
        Optional<String> text,
        Optional<TokenUsage> usage,
        Optional<BigDecimal> costUsd,
        long durationMs,
        int attempts,
        String vendor,
        String model,
        boolean redacted,
        boolean cached) {

    /**
     * An HTTP answer of a vendor.
     *
     * @param statusCode HTTP status
     * @param requestId the vendor's own name of the call; empty if it sent none
     * @param body the answer byte for byte; a JSON string where the vendor answered something that is not JSON
     */
    public record Answer(int statusCode, Optional<String> requestId, RawJson body) {
        public Answer {
            Objects.requireNonNull(requestId, "requestId is null");
            Objects.requireNonNull(body, "body is null");
        }
    }

    /**
     * Why a request has no success.
     *
     * @param code for programs: {@code http_error}, {@code request_timeout}, {@code connection_error},
     *     {@code batch_expired}, {@code batch_cancelled} and the like
     * @param message for people
     */
    public record Failure(String code, String message) {
        public Failure {
            Objects.requireNonNull(code, "code is null");
            Objects.requireNonNull(message, "message is null");
        }
    }

    public ResponseLine {
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(customId, "customId is null");
        Objects.requireNonNull(answer, "answer is null");
        Objects.requireNonNull(error, "error is null");
        Objects.requireNonNull(status, "status is null");
        Objects.requireNonNull(text, "text is null");
        Objects.requireNonNull(usage, "usage is null");
        Objects.requireNonNull(costUsd, "costUsd is null");
        Objects.requireNonNull(vendor, "vendor is null");
        Objects.requireNonNull(model, "model is null");
        if (error.isPresent() == (status == ResponseStatus.SUCCEEDED)) {
            throw new IllegalArgumentException("a response has an error exactly when it did not succeed");
        }
    }

    /** A response that is neither redacted nor from a cache. */
    public ResponseLine(
            String id,
            CustomId customId,
            Optional<Answer> answer,
            Optional<Failure> error,
            ResponseStatus status,
            Optional<String> text,
            Optional<TokenUsage> usage,
            Optional<BigDecimal> costUsd,
            long durationMs,
            int attempts,
            String vendor,
            String model) {
        this(
                id,
                customId,
                answer,
                error,
                status,
                text,
                usage,
                costUsd,
                durationMs,
                attempts,
                vendor,
                model,
                false,
                false);
    }

    /** The name of the response to a request: the same every time, so that a repeated answer can be recognised. */
    public static String idFor(BatchId batch, CustomId request) {
        byte[] both = (batch.value() + "\n" + request.value()).getBytes(StandardCharsets.UTF_8);
        return "batch_req_" + HexFormat.of().formatHex(Sha256.newDigest().digest(both), 0, 12);
    }
}
