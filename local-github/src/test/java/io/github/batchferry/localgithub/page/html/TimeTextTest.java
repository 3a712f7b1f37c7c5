package io.github.batchferry.localgithub.page.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeTextTest {
    private static final Instant THEN = Instant.parse("2026-11-21T08:00:00.5Z");

    @ParameterizedTest
    @CsvSource({
        "-5, just now",
        "9, just now",
        "59, 59 seconds ago",
        "60, 1 minute ago",
        "7199, 1 hour ago",
        "86400, 1 day ago",
        "2592000, on 21 Nov 2026"
    })
    void timesAreToldAsPeopleDo(long seconds, String words) {
        assertThat(HtmlTest.markup(TimeText.ago(THEN, THEN.plusSeconds(seconds))))
                .isEqualTo("<time datetime=\"2026-11-21T08:00:00Z\" title=\"21 November 2026, 08:00:00 UTC\">" + words
                        + "</time>");
    }

    @ParameterizedTest
    @CsvSource({"-1, 0s", "59, 59s", "61, 1m 1s", "3660, 1h 1m", "90000, 25h 0m"})
    void durationsHaveTheirTwoLargestUnits(long seconds, String words) {
        assertThat(TimeText.duration(THEN, THEN.plus(Duration.ofSeconds(seconds))))
                .isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"1, 1 byte", "999, 999 bytes", "1500, 1.5 KB", "12345678, 12 MB"})
    void sizesHaveUnits(long bytes, String words) {
        assertThat(TimeText.size(bytes)).isEqualTo(words);
    }
}
