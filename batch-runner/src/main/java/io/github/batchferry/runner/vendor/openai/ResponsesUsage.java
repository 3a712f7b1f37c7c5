package io.github.batchferry.runner.vendor.openai;

import static io.github.batchferry.runner.vendor.AnswerJson.count;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.wire.TokenUsage;
import java.util.Optional;
import java.util.OptionalLong;

/** The {@code usage} of the Responses API: cached tokens are part of the input, reasoning is part of the output. */
final class ResponsesUsage {
    private ResponsesUsage() {}

    static Optional<TokenUsage> of(JsonNode usage) {
        OptionalLong input = count(usage.path("input_tokens"));
        OptionalLong output = count(usage.path("output_tokens"));
        if (input.isEmpty() && output.isEmpty()) {
            return Optional.empty();
        }
        JsonNode details = usage.path("input_tokens_details");
        return Optional.of(new TokenUsage(
                input.orElse(0),
                output.orElse(0),
                count(details.path("cached_tokens")).orElse(0),
                count(details.path("cache_write_tokens")).orElse(0),
                count(usage.path("output_tokens_details").path("reasoning_tokens"))
                        .orElse(0)));
    }
}
