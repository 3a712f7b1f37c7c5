package io.github.batchferry.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Property
    void isNeverNegativeNorAboveItsBound(@ForAll @IntRange(min = 1) int failures, @ForAll long seed) {
        Backoff backoff = Backoff.standard(new Random(seed));

        assertThat(backoff.after(failures, Optional.empty())).isBetween(Duration.ZERO, backoff.bound(failures));
    }

    @Test
    void theBoundDoublesFromHalfASecondToHalfAMinute() {
        Backoff backoff = Backoff.standard(new Random(1));

        assertThat(IntStream.rangeClosed(1, 8).mapToObj(n -> backoff.bound(n).toMillis()))
                .containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 16000L, 30000L, 30000L);
    }

    @Test
    void theJitterUsesTheWholeRange() {
        Backoff backoff = Backoff.standard(new Random(1));

        assertThat(IntStream.range(0, 1000)
                        .mapToLong(i -> backoff.after(3, Optional.empty()).toMillis()))
                .anyMatch(millis -> millis < 100)
                .anyMatch(millis -> millis > 1900);
    }

    @Test
    void waitsAsLongAsTheVendorAskedForButNotForHours() {
        Backoff backoff = Backoff.standard(new Random(1));

        assertThat(backoff.after(1, Optional.of(Duration.ofSeconds(40)))).isEqualTo(Duration.ofSeconds(40));
        assertThat(backoff.after(1, Optional.of(Duration.ofHours(5)))).isEqualTo(Duration.ofMinutes(15));
    }
}
