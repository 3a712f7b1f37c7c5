package io.github.batchferry.provider.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    @Test
    void columnsAreAlignedForPeopleAndTabbedForPrograms() {
        Table table = new Table().row("a", "bbb", "").row("cc", "d", "e");

        assertThat(table.aligned()).containsExactly("a   bbb", "cc  d    e");
        assertThat(table.tabSeparated()).containsExactly("a\tbbb\t", "cc\td\te");
        assertThat(new Table().aligned()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0 s",
        "1340, 1.3 s",
        "59999, 60.0 s",
        "61000, 1 min 1 s",
        "3600000, 1 h 0 min",
        "7380000, 2 h 3 min"
    })
    void durationsHaveTwoUnits(long millis, String text) {
        assertThat(Amounts.duration(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1, 1 byte", "999, 999 bytes", "1234, 1.2 kB", "48000, 48.0 kB", "3400000, 3.4 MB"})
    void sizesAreDecimal(long bytes, String text) {
        assertThat(Amounts.bytes(bytes)).isEqualTo(text);
    }

    @Test
    void escapeSequencesAndControlCharactersDoNotReachATerminal() {
        assertThat(Printable.line("\u001b[1;31mred\u001b[0m \u001b]0;title\u0007plain\u001bc a\tb\r\nc\u009b31m é"))
                .isEqualTo("red plain?c a b??c?31m é");
    }
}
