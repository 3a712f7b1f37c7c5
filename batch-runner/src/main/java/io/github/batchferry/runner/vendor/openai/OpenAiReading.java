package io.github.batchferry.runner.vendor.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.runner.vendor.Reading;
import io.github.batchferry.runner.vendor.StatusVerdicts;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.runner.vendor.Verdict;
import io.github.batchferry.wire.TokenUsage;
import io.github.batchferry.wire.json.JsonSupport;
import java.io.IOException;
import java.util.Optional;

/** Reads answers in OpenAI's shapes: chat completions, responses, legacy completions, embeddings and errors. */
public final class OpenAiReading {
    private static final String QUOTA = "insufficient_quota";

    private OpenAiReading() {}

    /** What an answer means; one that is not JSON has neither text nor usage. */
    public static Reading of(VendorAnswer answer) {
        JsonNode body = tree(answer.body());
        Optional<String> requestId = answer.header("x-request-id");
        if (!answer.isSuccess()) {
            return Reading.of(refusal(answer, body.path("error")), requestId);
        }
        return new Reading(new Verdict.Success(), requestId, text(body), usage(body.path("usage")));
    }

    private static Verdict refusal(VendorAnswer answer, JsonNode error) {
        String message =
                error.isTextual() ? error.asText() : error.path("message").asText("");
        if (answer.statusCode() == 429 && isQuota(error)) {
            return new Verdict.QuotaExhausted("the vendor's quota is used up: " + message);
        }
        return StatusVerdicts.of(answer, message);
    }

    private static boolean isQuota(JsonNode error) {
        return error.path("code").asText().equals(QUOTA)
                || error.path("type").asText().equals(QUOTA);
    }

    private static Optional<String> text(JsonNode body) {
        JsonNode choice = body.path("choices").path(0);
        return string(choice.path("message").path("content"))
                .or(() -> string(choice.path("text")))
                .or(() -> outputText(body.path("output")));
    }

    private static Optional<String> outputText(JsonNode output) {
        StringBuilder text = new StringBuilder();
        boolean found = false;
        for (JsonNode item : output) {
            for (JsonNode part : item.path("content")) {
                if (part.path("type").asText().equals("output_text")) {
                    text.append(part.path("text").asText());
                    found = true;
                }
            }
        }
        return found ? Optional.of(text.toString()) : Optional.empty();
    }

    private static Optional<TokenUsage> usage(JsonNode usage) {
        if (!usage.isObject()) {
            return Optional.empty();
        }
        boolean chat = usage.has("prompt_tokens");
        JsonNode inputDetails = usage.path(chat ? "prompt_tokens_details" : "input_tokens_details");
        JsonNode outputDetails = usage.path(chat ? "completion_tokens_details" : "output_tokens_details");
        return Optional.of(new TokenUsage(
                usage.path(chat ? "prompt_tokens" : "input_tokens").asLong(),
                usage.path(chat ? "completion_tokens" : "output_tokens").asLong(),
                inputDetails.path("cached_tokens").asLong(),
                inputDetails.path("cache_write_tokens").asLong(),
                outputDetails.path("reasoning_tokens").asLong()));
    }

    private static Optional<String> string(JsonNode node) {
        return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
    }

    private static JsonNode tree(byte[] body) {
        try {
            return JsonSupport.MAPPER.readTree(body);
        } catch (IOException e) {
            return JsonSupport.MAPPER.missingNode();
        }
    }
}
