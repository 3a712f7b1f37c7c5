package io.github.batchferry.runner.vendor.anthropic;

import static io.github.batchferry.runner.vendor.AnswerJson.count;
import static io.github.batchferry.runner.vendor.AnswerJson.sum;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.wire.TokenUsage;
import java.util.Optional;
import java.util.OptionalLong;

/** The {@code usage} of a message: tokens read from and written to the cache stand outside {@code input_tokens}. */
final class MessagesUsage {
    private MessagesUsage() {}

    static Optional<TokenUsage> of(JsonNode usage) {
        JsonNode read = usage.path("cache_read_input_tokens");
        JsonNode written = usage.path("cache_creation_input_tokens");
        OptionalLong input = sum(usage.path("input_tokens"), written, read);
        OptionalLong output = count(usage.path("output_tokens"));
        if (input.isEmpty() && output.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TokenUsage(
                input.orElse(0),
                output.orElse(0),
                count(read).orElse(0),
                count(written).orElse(0),
                count(usage.path("output_tokens_details").path("thinking_tokens"))
                        .orElse(0)));
    }
}
