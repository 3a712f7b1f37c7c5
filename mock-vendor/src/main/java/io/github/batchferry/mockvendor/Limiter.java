package io.github.batchferry.mockvendor;

import java.util.OptionalLong;

/** Enforces limits and tells how they stand. */
final class Limiter {
    private static final double NEVER = Double.MAX_VALUE;

    private final RateLimits limits;
    private final TokenBucket requests;
    private final TokenBucket tokens;

    Limiter(RateLimits limits, long now) {
        this.limits = limits;
        this.requests = bucket(limits.requestsPerMinute(), limits.requestBurst(), now);
        this.tokens = bucket(limits.tokensPerMinute(), limits.tokenBurst(), now);
    }

    /**
     * Takes a request in.
     *
     * @param cost its tokens
     * @return empty if it was taken, else the nanoseconds after which it would be; nothing was taken then
     */
    OptionalLong take(long cost, long now) {
        if (requests.holds(1, now) && tokens.holds(cost, now)) {
            requests.take(1, now);
            tokens.take(cost, now);
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.max(requests.nanosUntil(1, now), tokens.nanosUntil(cost, now)));
    }

    /** Writes the headers, if any are to be written. */
    void announce(AsciiBuffer head, long now) {
        if (!limits.announced()) {
            return;
        }
        if (limits.requestsPerMinute() > 0) {
            announce(head, "requests", limits.requestsPerMinute(), requests, now);
        }
        if (limits.tokensPerMinute() > 0) {
            announce(head, "tokens", limits.tokensPerMinute(), tokens, now);
        }
    }

    /** Writes when to come back, if that is to be written. */
    void hint(AsciiBuffer head, long nanos) {
        long millis = (nanos + 999_999) / 1_000_000;
        if (limits.hint() == RateLimits.RetryHint.MILLISECONDS) {
            head.text("retry-after-ms: ").number(millis).text("\r\n");
        }
        if (limits.hint() != RateLimits.RetryHint.NONE) {
            head.text("Retry-After: ").number((millis + 999) / 1000).text("\r\n");
        }
    }

    private static void announce(AsciiBuffer head, String what, long limit, TokenBucket bucket, long now) {
        head.text("x-ratelimit-limit-").text(what).text(": ").number(limit).text("\r\n");
        head.text("x-ratelimit-remaining-")
                .text(what)
                .text(": ")
                .number(bucket.level(now))
                .text("\r\n");
        head.text("x-ratelimit-reset-").text(what).text(": ");
        duration(head, bucket.nanosUntilFull(now) / 1_000_000);
        head.text("\r\n");
    }

    /** As Go prints durations, which is what OpenAI sends: {@code 12ms}, {@code 1.5s}, {@code 6m0s}. */
    private static void duration(AsciiBuffer head, long millis) {
        if (millis < 1000) {
            head.number(millis).text("ms");
            return;
        }
        if (millis >= 60_000) {
            head.number(millis / 60_000).text("m");
        }
        head.number(millis / 1000 % 60);
        long fraction = millis % 1000;
        if (fraction > 0) {
            String digits = Long.toString(1000 + fraction).substring(1);
            head.text(".").text(digits.replaceFirst("0+$", ""));
        }
        head.text("s");
    }

    private static TokenBucket bucket(long perMinute, double burst, long now) {
        return perMinute > 0 ? new TokenBucket(burst, perMinute / 60.0, now) : new TokenBucket(NEVER, NEVER, now);
    }
}
