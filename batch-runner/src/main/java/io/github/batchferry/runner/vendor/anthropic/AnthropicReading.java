package io.github.batchferry.runner.vendor.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.runner.vendor.AnswerJson;
import io.github.batchferry.runner.vendor.QuotaWords;
import io.github.batchferry.runner.vendor.Reading;
import io.github.batchferry.runner.vendor.StatusVerdicts;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.runner.vendor.Verdict;
import java.util.Optional;

/** Reads messages and errors in Anthropic's shapes. */
final class AnthropicReading {
    private AnthropicReading() {}

    static Reading of(VendorAnswer answer) {
        JsonNode body = AnswerJson.tree(answer);
        Optional<String> requestId = answer.header("request-id").or(() -> AnswerJson.text(body.path("request_id")));
        if (!answer.isSuccess()) {
            return Reading.of(refusal(answer, body.path("error")), requestId);
        }
        return new Reading(
                new Verdict.Success(),
                requestId,
                text(body),
                MessagesUsage.of(body.path("usage")),
                AnswerJson.text(body.path("model")));
    }

    private static Verdict refusal(VendorAnswer answer, JsonNode error) {
        String message = AnswerJson.text(error.path("message")).orElse("");
        boolean quota = error.path("type").asText().equals("billing_error")
                || answer.statusCode() < 500 && QuotaWords.meanMoney(message)
                || answer.statusCode() == 429 && QuotaWords.meanDay(message);
        return quota ? QuotaWords.exhausted(message) : StatusVerdicts.of(answer, message);
    }

    private static Optional<String> text(JsonNode body) {
        StringBuilder text = new StringBuilder();
        boolean found = false;
        for (JsonNode block : body.path("content")) {
            if (block.path("type").asText().equals("text")) {
                text.append(block.path("text").asText());
                found = true;
            }
        }
        return found ? Optional.of(text.toString()) : Optional.empty();
    }
}
