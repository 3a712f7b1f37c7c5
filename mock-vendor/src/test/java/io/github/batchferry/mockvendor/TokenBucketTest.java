package io.github.batchferry.mockvendor;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void aFullBucketGivesItsCapacityAtOnceAndNoMore() {
        TokenBucket bucket = new TokenBucket(10, 10, 0);

        assertThat(taken(bucket, 0)).isEqualTo(10);
        assertThat(taken(bucket, SECOND / 2)).isEqualTo(5);
        assertThat(taken(bucket, 100 * SECOND)).isEqualTo(10);
    }

    @Test
    void whenItWillHoldEnoughIsKnownToTheNanosecond() {
        TokenBucket bucket = new TokenBucket(10, 10, 0);
        taken(bucket, 0);

        long wait = bucket.nanosUntil(1, 0);

        assertThat(wait).isEqualTo(SECOND / 10);
        assertThat(bucket.holds(1, wait - 1)).isFalse();
        assertThat(bucket.holds(1, wait)).isTrue();
    }

    @Property
    void neverMoreIsGivenThanCapacityAndRefill(
            @ForAll @IntRange(min = 1, max = 50) int perSecond, @ForAll @IntRange(min = 1, max = 400) int stepMillis) {
        TokenBucket bucket = new TokenBucket(perSecond, perSecond, 0);
        long given = 0;
        for (long millis = 0; millis <= 10_000; millis += stepMillis) {
            given += taken(bucket, millis * 1_000_000);
            assertThat(given).isLessThanOrEqualTo(perSecond + millis * perSecond / 1000);
        }
    }

    private static int taken(TokenBucket bucket, long now) {
        int taken = 0;
        while (bucket.holds(1, now)) {
            bucket.take(1, now);
            taken++;
        }
        return taken;
    }
}
