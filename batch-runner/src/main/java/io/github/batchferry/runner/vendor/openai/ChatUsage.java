package io.github.batchferry.runner.vendor.openai;

import static io.github.batchferry.runner.vendor.AnswerJson.count;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.wire.TokenUsage;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The {@code usage} of chat completions, legacy completions and embeddings: cached tokens are part of the input, reasoning is
 * part of the output. Anthropic's compatible endpoint reports {@code cached_tokens} without the details around it.
 */
final class ChatUsage {
    private ChatUsage() {}

    static Optional<TokenUsage> of(JsonNode usage) {
        OptionalLong input = count(usage.path("prompt_tokens"));
        OptionalLong output = count(usage.path("completion_tokens"));
        if (input.isEmpty() && output.isEmpty()) {
            return Optional.empty();
        }
        JsonNode details = usage.path("prompt_tokens_details");
        long cached = count(details.path("cached_tokens"))
                .orElse(count(usage.path("cached_tokens")).orElse(0));
        return Optional.of(new TokenUsage(
                input.orElse(0),
                output.orElse(0),
                cached,
                count(details.path("cache_write_tokens")).orElse(0),
                count(usage.path("completion_tokens_details").path("reasoning_tokens"))
                        .orElse(0)));
    }
}
