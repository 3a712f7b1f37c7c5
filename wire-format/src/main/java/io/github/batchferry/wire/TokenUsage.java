package io.github.batchferry.wire;

/**
 * Tokens of one or many requests, normalised over vendors. {@code input} and {@code output} are totals; the other three are
 * parts of them.
 *
 * @param input tokens sent, cached ones included
 * @param output tokens produced, reasoning included
 * @param cacheRead part of the input that the vendor read from its cache
 * @param cacheWrite part of the input that the vendor wrote to its cache
 * @param reasoning part of the output that is hidden reasoning
 */
public record TokenUsage(long input, long output, long cacheRead, long cacheWrite, long reasoning) {
    /** No tokens at all. */
    public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0, 0);

    /** The sum of two usages. */
    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(
                input + other.input,
                output + other.output,
                cacheRead + other.cacheRead,
                cacheWrite + other.cacheWrite,
                reasoning + other.reasoning);
    }
}
