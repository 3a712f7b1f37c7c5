package io.github.batchferry.runner.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BucketTest {
    private static final Offset<Double> TINY = Offset.offset(1e-6);

    @Property(tries = 300)
    void isNeverFullerThanFullNorOverdrawnByMoreThanAMinute(
            @ForAll @DoubleRange(min = 0.01, max = 1000) double rate,
            @ForAll @DoubleRange(min = 1, max = 100_000) double capacity,
            @ForAll @Size(max = 40) List<@DoubleRange(min = -1e6, max = 1e6) Double> steps) {
        Bucket bucket = new Bucket(rate, capacity, 0);
        double now = 0;
        for (double step : steps) {
            now += Math.abs(step) % 100;
            if (step > 0) {
                bucket.take(step, now);
            } else {
                bucket.giveBack(-step, now);
            }
            bucket.lowerTo(step, now);

            assertThat(bucket.level(now)).isBetween(-Math.max(capacity, rate * 60), capacity);
            assertThat(bucket.delay(1, now)).isBetween(0.0, (Math.max(capacity, rate * 60) + 1) / rate);
        }
    }

    @Property(tries = 300)
    void afterTheWaitItCanBeTaken(
            @ForAll @DoubleRange(min = 0.01, max = 1000) double rate,
            @ForAll @DoubleRange(min = 1, max = 1000) double capacity,
            @ForAll @DoubleRange(min = 0, max = 5000) double taken,
            @ForAll @DoubleRange(min = 0, max = 5000) double need) {
        Bucket bucket = new Bucket(rate, capacity, 0);
        bucket.take(taken, 0);

        assertThat(bucket.delay(need, bucket.delay(need, 0))).isZero();
    }

    @Test
    void servesWhatIsLargerThanItselfWhenItIsFullAndThenPaysForIt() {
        Bucket bucket = new Bucket(10, 20, 0);
        assertThat(bucket.delay(50, 0)).isZero();
        bucket.take(50, 0);

        assertThat(bucket.delay(1, 0)).isEqualTo(3.1, TINY);
        assertThat(bucket.delay(50, 0)).isEqualTo(5.0, TINY);
    }

    @Test
    void onlyLowersToABound() {
        Bucket bucket = new Bucket(1, 10, 0);
        bucket.lowerTo(4, 0);
        bucket.lowerTo(8, 0);

        assertThat(bucket.level(0)).isEqualTo(4, TINY);
    }
}
