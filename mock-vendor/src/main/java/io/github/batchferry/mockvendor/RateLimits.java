package io.github.batchferry.mockvendor;

import java.time.Duration;

/**
 * The limits a vendor enforces. Each is a bucket that refills at a sixtieth of the minute's limit each second.
 *
 * @param requestsPerMinute 0 for no limit
 * @param tokensPerMinute of prompt and completion together, 0 for no limit
 * @param bucket how much of the limit may be used in one burst: 60 s the whole of it, 1 s a sixtieth
 * @param announced whether answers carry OpenAI's headers {@code x-ratelimit-{limit,remaining,reset}-{requests,tokens}}; the
 *     limit is that of a minute, the rest that of the bucket
 * @param hint what a rejection says about when to come back
 */
public record RateLimits(
        long requestsPerMinute, long tokensPerMinute, Duration bucket, boolean announced, RetryHint hint) {
    /** Nothing is limited. */
    public static final RateLimits NONE = new RateLimits(0, 0, Duration.ofSeconds(1), false, RetryHint.NONE);

    /** How a rejection says when to come back. */
    public enum RetryHint {
        /** Not at all. */
        NONE,
        /** {@code Retry-After} in whole seconds, rounded up. */
        SECONDS,
        /** {@code retry-after-ms}, and {@code Retry-After} beside it. */
        MILLISECONDS
    }

    /** Requests that fit into a full bucket. */
    public double requestBurst() {
        return burst(requestsPerMinute);
    }

    /** Tokens that fit into a full bucket. */
    public double tokenBurst() {
        return burst(tokensPerMinute);
    }

    private double burst(long perMinute) {
        return perMinute * (bucket.toNanos() / 60e9);
    }
}
