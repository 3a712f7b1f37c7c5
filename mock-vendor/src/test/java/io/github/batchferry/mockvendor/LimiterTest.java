package io.github.batchferry.mockvendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimiterTest {
    private static final long SECOND = 1_000_000_000;

    private static RateLimits limits(long requests, long tokens, int seconds, RateLimits.RetryHint hint) {
        return new RateLimits(requests, tokens, Duration.ofSeconds(seconds), true, hint);
    }

    @Test
    void aBucketOfAMinuteAdmitsTheWholeLimitAtOnceOneOfASecondASixtieth() {
        assertThat(admitted(new Limiter(limits(600, 0, 60, RateLimits.RetryHint.NONE), 0), 0))
                .isEqualTo(600);
        assertThat(admitted(new Limiter(limits(600, 0, 1, RateLimits.RetryHint.NONE), 0), 0))
                .isEqualTo(10);
    }

    @Test
    void tokensLimitAsRequestsDo() {
        Limiter limiter = new Limiter(limits(600, 6000, 60, RateLimits.RetryHint.NONE), 0);

        assertThat(limiter.take(5900, 0)).isEmpty();
        // 101 tokens are one more than is left, at 100 a second
        assertThat(limiter.take(101, 0)).hasValue(SECOND / 100);
        assertThat(limiter.take(100, 0)).isEmpty();
    }

    @Test
    void announcesTheMinutesLimitAndTheBucketsRest() {
        Limiter limiter = new Limiter(limits(600, 60_000, 1, RateLimits.RetryHint.NONE), 0);
        limiter.take(100, 0);
        AsciiBuffer head = new AsciiBuffer();

        limiter.announce(head, 0);

        assertThat(text(head))
                .isEqualTo("x-ratelimit-limit-requests: 600\r\nx-ratelimit-remaining-requests: 9\r\n"
                        + "x-ratelimit-reset-requests: 100ms\r\n"
                        + "x-ratelimit-limit-tokens: 60000\r\nx-ratelimit-remaining-tokens: 900\r\n"
                        + "x-ratelimit-reset-tokens: 100ms\r\n");
    }

    @Test
    void longResetsAreWrittenAsMinutesAndSeconds() {
        Limiter limiter = new Limiter(limits(60, 0, 600, RateLimits.RetryHint.NONE), 0);
        for (int i = 0; i < 361; i++) {
            limiter.take(0, SECOND / 20);
        }
        AsciiBuffer head = new AsciiBuffer();

        limiter.announce(head, SECOND);

        assertThat(text(head)).contains("reset-requests: 6m0.05s\r\n");
    }

    @Test
    void hintsAreRoundedUp() {
        AsciiBuffer head = new AsciiBuffer();

        new Limiter(limits(60, 0, 1, RateLimits.RetryHint.MILLISECONDS), 0).hint(head, 1_000_000_001);

        assertThat(text(head)).isEqualTo("retry-after-ms: 1001\r\nRetry-After: 2\r\n");
    }

    private static int admitted(Limiter limiter, long now) {
        int admitted = 0;
        while (limiter.take(0, now).isEmpty()) {
            admitted++;
        }
        return admitted;
    }

    private static String text(AsciiBuffer buffer) {
        return StandardCharsets.US_ASCII.decode(buffer.copy()).toString();
    }
}
