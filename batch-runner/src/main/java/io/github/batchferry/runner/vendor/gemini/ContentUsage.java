package io.github.batchferry.runner.vendor.gemini;

import static io.github.batchferry.runner.vendor.AnswerJson.count;
import static io.github.batchferry.runner.vendor.AnswerJson.sum;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.wire.TokenUsage;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The {@code usageMetadata} of generated content: thoughts stand outside the candidates, prompts of tools outside the prompt,
 * cached tokens inside it. Each number can be missing.
 */
final class ContentUsage {
    private ContentUsage() {}

    static Optional<TokenUsage> of(JsonNode usage) {
        JsonNode thoughts = usage.path("thoughtsTokenCount");
        OptionalLong input = sum(usage.path("promptTokenCount"), usage.path("toolUsePromptTokenCount"));
        OptionalLong output = sum(usage.path("candidatesTokenCount"), thoughts);
        if (input.isEmpty() && output.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TokenUsage(
                input.orElse(0),
                output.orElse(0),
                count(usage.path("cachedContentTokenCount")).orElse(0),
                0,
                count(thoughts).orElse(0)));
    }
}
