package io.github.batchferry.runner.vendor.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.runner.vendor.AnswerJson;
import io.github.batchferry.runner.vendor.QuotaWords;
import io.github.batchferry.runner.vendor.Reading;
import io.github.batchferry.runner.vendor.StatusVerdicts;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.runner.vendor.Verdict;
import io.github.batchferry.wire.TokenUsage;
import java.util.Optional;
import java.util.Set;

/** Reads answers in OpenAI's shapes: chat completions, responses, legacy completions, embeddings and errors. */
public final class OpenAiReading {
    private static final Set<String> QUOTA = Set.of("insufficient_quota", "billing_hard_limit_reached");
    private static final int PAYMENT_REQUIRED = 402;

    private OpenAiReading() {}

    /** What an answer means; one that is not JSON has neither text nor usage. */
    public static Reading of(VendorAnswer answer) {
        return of(answer, answer.header("x-request-id"));
    }

    /**
     * The same for servers that name their calls otherwise.
     *
     * @param requestId the vendor's own name of the call
     */
    public static Reading of(VendorAnswer answer, Optional<String> requestId) {
        JsonNode body = AnswerJson.tree(answer);
        if (!answer.isSuccess()) {
            return Reading.of(refusal(answer, body), requestId);
        }
        return new Reading(
                new Verdict.Success(),
                requestId,
                text(body),
                usage(body.path("usage")),
                AnswerJson.text(body.path("model")));
    }

    private static Verdict refusal(VendorAnswer answer, JsonNode body) {
        JsonNode error = body.path("error");
        String message = message(body, error);
        return isQuota(answer.statusCode(), error, message)
                ? QuotaWords.exhausted(message)
                : StatusVerdicts.of(answer, message);
    }

    /** {@code error.message}; compatible servers also write a bare {@code error}, {@code message} or {@code detail}. */
    private static String message(JsonNode body, JsonNode error) {
        return AnswerJson.text(error.path("message"))
                .or(() -> AnswerJson.text(error))
                .or(() -> AnswerJson.text(body.path("message")))
                .or(() -> AnswerJson.text(body.path("detail")))
                .orElse("");
    }

    private static boolean isQuota(int status, JsonNode error, String message) {
        boolean named = QUOTA.contains(error.path("code").asText())
                || QUOTA.contains(error.path("type").asText());
        boolean accounts = status == 400 || status == PAYMENT_REQUIRED || status == 403 || status == 429;
        return accounts && (named || QuotaWords.meanMoney(message)) || status == 429 && QuotaWords.meanDay(message);
    }

    private static Optional<String> text(JsonNode body) {
        JsonNode choice = body.path("choices").path(0);
        return AnswerJson.text(choice.path("message").path("content"))
                .or(() -> AnswerJson.text(choice.path("text")))
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
        return ChatUsage.of(usage).or(() -> ResponsesUsage.of(usage));
    }
}
