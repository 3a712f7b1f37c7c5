package io.github.batchferry.runner.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderDurationTest {
    private static final Instant NOW = Instant.parse("2025-08-21T12:40:00Z");

    @ParameterizedTest
    @CsvSource({
        "6m0s, PT6M",
        "1h2m3.5s, PT1H2M3.5S",
        "12ms, PT0.012S",
        "0s, PT0S",
        "59.7, PT59.7S",
        "60, PT1M",
        "1d2h, PT26H",
        "34.074824224s, PT34.074824224S",
        "250us, PT0.00025S",
        " 1s , PT1S"
    })
    void readsTheFormsThatVendorsWrite(String text, Duration expected) {
        assertThat(HeaderDuration.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "s", "-1s", "1y", "soon", "1s soon", "1741305600000", "99d", "1.s", "NaN", "1e3", "1h 2m"})
    void otherTextsAreAbsent(String text) {
        assertThat(HeaderDuration.parse(text)).isEmpty();
    }

    @Property
    void everyDurationOfPartsReadsBack(
            @ForAll @IntRange(max = 700) int hours,
            @ForAll @IntRange(max = 59) int minutes,
            @ForAll @IntRange(max = 59) int seconds,
            @ForAll @IntRange(max = 999) int millis) {
        assertThat(HeaderDuration.parse(hours + "h" + minutes + "m" + seconds + "s" + millis + "ms"))
                .contains(Duration.ofHours(hours)
                        .plusMinutes(minutes)
                        .plusSeconds(seconds)
                        .plusMillis(millis));
    }

    @Property
    void noTextMakesItFail(@ForAll String text) {
        assertThat(HeaderDuration.parse(text))
                .satisfiesAnyOf(
                        none -> assertThat(none).isEmpty(),
                        some -> assertThat(some.orElseThrow()).isBetween(Duration.ZERO, Duration.ofDays(31)));
        HeaderDuration.until(text, NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-08-21T12:40:59Z, PT59S",
        "2025-08-21T14:41:00+02:00, PT1M",
        "2025-08-21T12:40:00.250Z, PT0.25S",
        "2025-08-21T12:00:00Z, PT0S"
    })
    void countsToAPointInTime(String text, Duration expected) {
        assertThat(HeaderDuration.until(text, NOW)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "2025-08-21", "2045-08-21T12:40:59Z", "+999999999-12-31T23:59:59Z"})
    void otherPointsAreAbsent(String text) {
        assertThat(HeaderDuration.until(text, NOW)).isEmpty();
    }
}
