package io.github.batchferry.runner.vendor.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.runner.vendor.AnswerJson;
import io.github.batchferry.runner.vendor.HeaderDuration;
import io.github.batchferry.runner.vendor.QuotaWords;
import io.github.batchferry.runner.vendor.Reading;
import io.github.batchferry.runner.vendor.RetryHint;
import io.github.batchferry.runner.vendor.StatusVerdicts;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.runner.vendor.Verdict;
import java.util.Optional;

/**
 * Reads contents and errors in Gemini's shapes. When to come back, and which quota was hit, stand in the {@code details} of an
 * error: {@code google.rpc.RetryInfo} and {@code google.rpc.QuotaFailure}.
 */
final class GeminiReading {
    private static final String DETAIL = "type.googleapis.com/google.rpc.";

    private GeminiReading() {}

    static Reading of(VendorAnswer answer) {
        JsonNode body = AnswerJson.tree(answer);
        Optional<String> requestId = AnswerJson.text(body.path("responseId"));
        if (!answer.isSuccess()) {
            // some endpoints wrap their error into an array
            JsonNode error = (body.isArray() ? body.path(0) : body).path("error");
            return Reading.of(refusal(answer, error), requestId);
        }
        return new Reading(new Verdict.Success(), requestId, text(body), ContentUsage.of(body.path("usageMetadata")));
    }

    private static Verdict refusal(VendorAnswer answer, JsonNode error) {
        String message = AnswerJson.text(error.path("message")).orElse("");
        if (answer.statusCode() == 429 && isDaily(error)) {
            return QuotaWords.exhausted(message);
        }
        Optional<RetryHint> hint = AnswerJson.text(detail(error, "RetryInfo").path("retryDelay"))
                .flatMap(HeaderDuration::parse)
                .<RetryHint>map(RetryHint.In::new)
                .or(() -> RetryHint.of(answer));
        return StatusVerdicts.of(answer, message, hint);
    }

    private static boolean isDaily(JsonNode error) {
        for (JsonNode violation : detail(error, "QuotaFailure").path("violations")) {
            if (violation.path("quotaId").asText().contains("PerDay")
                    || violation.path("quotaMetric").asText().contains("per_day")) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode detail(JsonNode error, String type) {
        for (JsonNode detail : error.path("details")) {
            if (detail.path("@type").asText().equals(DETAIL + type)) {
                return detail;
            }
        }
        return error.path("details").path(-1);
    }

    /** The parts of the first candidate that are text and no thought. */
    private static Optional<String> text(JsonNode body) {
        StringBuilder text = new StringBuilder();
        boolean found = false;
        for (JsonNode part : body.path("candidates").path(0).path("content").path("parts")) {
            if (part.path("text").isTextual() && !part.path("thought").asBoolean()) {
                text.append(part.path("text").asText());
                found = true;
            }
        }
        return found ? Optional.of(text.toString()) : Optional.empty();
    }
}
