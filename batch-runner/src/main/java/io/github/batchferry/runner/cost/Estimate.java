package io.github.batchferry.runner.cost;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.TokenUsage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Tokens that a request will probably take: a quarter of its bytes, and the most output that it allows. Where it sets no
 * bound, the most that a response of the same model took so far, and a thousand before the first.
 */
final class Estimate {
    private static final int BYTES_PER_TOKEN = 4;
    private static final long UNKNOWN_OUTPUT = 1000;

    /** No model takes as many tokens or gives as many answers; the product of two such numbers still fits. */
    private static final long MOST = 1_000_000_000;

    /** Names of the bound on output: OpenAI's two and the one of its responses API. */
    private static final List<String> BOUNDS = List.of("max_completion_tokens", "max_tokens", "max_output_tokens");

    // Mutable state
    private final Map<String, Long> mostOutput = new HashMap<>();

    TokenUsage of(RequestLine request) {
        JsonNode body = request.body().tree();
        long input = (request.body().size() + BYTES_PER_TOKEN - 1L) / BYTES_PER_TOKEN;
        long answers = Math.max(1, capped(body.path("n")));
        long output = bound(body).orElseGet(() -> mostOutput.getOrDefault(request.model(), UNKNOWN_OUTPUT));
        return new TokenUsage(input, output * answers, 0, 0, 0);
    }

    /** Takes note of what a response took. */
    void learn(String model, TokenUsage usage) {
        mostOutput.merge(model, Math.min(MOST, usage.output()), Math::max);
    }

    private static OptionalLong bound(JsonNode body) {
        return Stream.concat(
                        BOUNDS.stream().map(body::path),
                        Stream.of(body.path("generationConfig").path("maxOutputTokens")))
                .filter(JsonNode::isIntegralNumber)
                .filter(bound -> bound.decimalValue().signum() >= 0)
                .mapToLong(Estimate::capped)
                .findFirst();
    }

    private static long capped(JsonNode number) {
        return (long) Math.min(MOST, number.asDouble());
    }
}
