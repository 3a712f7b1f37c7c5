package io.github.batchferry.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogTailTest {
    private static List<String> tail(String text, int lines) throws IOException {
        return LogTail.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), lines);
    }

    @Test
    void theLastLinesAreKeptInOrder() throws Exception {
        assertThat(tail("one\ntwo\nthree\n", 2)).containsExactly("two", "three");
    }

    @Test
    void lineEndsOfAllKindsAndEmptyLinesCount() throws Exception {
        assertThat(tail("\uFEFFone\r\n\ntwo", 9)).containsExactly("one", "", "two");
        assertThat(tail("one\n\n", 9)).containsExactly("one", "");
        assertThat(tail("", 9)).isEmpty();
        assertThat(tail("one\n", 0)).isEmpty();
    }
}
