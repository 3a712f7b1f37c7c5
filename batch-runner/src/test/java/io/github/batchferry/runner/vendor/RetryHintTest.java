package io.github.batchferry.runner.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryHintTest {
    private static final Instant NOW = Instant.parse("2026-01-15T09:30:00Z");

    private static Optional<Duration> wait(String... headers) {
        Map<String, List<String>> all = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], List.of(headers[i + 1]));
        }
        VendorAnswer answer = new VendorAnswer(429, HttpHeaders.of(all, (name, value) -> true), new byte[0]);
        return RetryHint.of(answer).map(hint -> hint.from(NOW));
    }

    @ParameterizedTest
    @CsvSource({"3, 3000", "0, 0", "1.5, 1500", "' 2 ', 2000", "0.0001, 1", "'Thu, 15 Jan 2026 09:31:00 GMT', 60000"})
    void readsSecondsAndDates(String value, long millis) {
        assertThat(wait("Retry-After", value)).contains(Duration.ofMillis(millis));
    }

    @Test
    void prefersMilliseconds() {
        assertThat(wait("Retry-After", "9", "retry-after-ms", "250")).contains(Duration.ofMillis(250));
    }

    @Test
    void takesSecondsWhereMillisecondsMakeNoSense() {
        assertThat(wait("Retry-After", "9", "retry-after-ms", "soon")).contains(Duration.ofSeconds(9));
    }

    @Test
    void aDateThatIsPastMeansNow() {
        assertThat(wait("Retry-After", "Thu, 15 Jan 2026 09:29:00 GMT")).contains(Duration.ZERO);
    }

    @Test
    void nobodyWaitsForTheYear9999() {
        assertThat(wait("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT")).contains(RetryHint.LONGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "NaN", "Infinity", "soon", "", "1e300", "Thu, 45 Jan 2026 09:29:00 GMT"})
    void valuesWithoutSenseCountAsAbsent(String value) {
        assertThat(wait("Retry-After", value)).isEmpty();
    }
}
