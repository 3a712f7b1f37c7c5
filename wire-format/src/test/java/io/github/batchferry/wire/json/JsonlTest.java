package io.github.batchferry.wire.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class JsonlTest {
    @Property
    void whatIsWrittenIsReadBackWithNumbersAndOffsets(
            @ForAll @Size(max = 40) List<@NotEmpty @CharRange(from = '!', to = '\u20AC') String> lines,
            @ForAll @IntRange(min = 1, max = 7) int chunk)
            throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        JsonlWriter writer = new JsonlWriter(file);
        for (String line : lines) {
            writer.write(line.getBytes(UTF_8));
        }
        byte[] bytes = file.toByteArray();

        List<JsonlLine> read = readAll(new SlowStream(bytes, chunk));

        assertThat(read).extracting(line -> new String(line.bytes(), UTF_8)).isEqualTo(lines);
        assertThat(writer.lines()).isEqualTo(lines.size());
        assertThat(writer.bytes()).isEqualTo(bytes.length);
        assertThat(writer.sha256())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes));
        for (int i = 0; i < read.size(); i++) {
            JsonlLine line = read.get(i);
            assertThat(line.number()).isEqualTo(i + 1);
            assertThat(line.terminated()).isTrue();
            assertThat(Arrays.copyOfRange(bytes, (int) line.offset(), (int) line.offset() + line.bytes().length))
                    .isEqualTo(line.bytes());
        }
    }

    @Test
    void windowsLineEndsByteOrderMarkAndBlankLinesAreAccepted() throws Exception {
        List<JsonlLine> lines = read("\uFEFF{\"a\":1}\r\n\r\n  \t\n{\"b\":2}\r\n");

        assertThat(lines).extracting(line -> new String(line.bytes(), UTF_8)).containsExactly("{\"a\":1}", "{\"b\":2}");
        assertThat(lines).extracting(JsonlLine::number).containsExactly(1L, 4L);
        assertThat(lines).extracting(JsonlLine::offset).containsExactly(3L, 18L);
    }

    @Test
    void aLastLineWithoutLineBreakIsMarked() throws Exception {
        assertThat(read("{}\n{\"cut")).extracting(JsonlLine::terminated).containsExactly(true, false);
    }

    @Test
    void anEmptyFileHasNoLines() throws Exception {
        assertThat(read("")).isEmpty();
        assertThat(read("\n\n")).isEmpty();
    }

    @Test
    void aLineBeyondTheLimitIsNamedBeforeItFillsTheMemory() {
        InputStream endless =
                new SequenceInputStream(new ByteArrayInputStream("{}\n".getBytes(UTF_8)), new InputStream() {
                    @Override
                    public int read() {
                        return 'x';
                    }
                });
        JsonlReader reader = new JsonlReader(endless, 100_000);

        assertThatThrownBy(() -> {
                    reader.next();
                    reader.next();
                })
                .isInstanceOf(LineTooLongException.class)
                .hasMessage("line 2 is longer than 100000 bytes");
    }

    @Test
    void aLineBreakInsideALineIsRefused() {
        JsonlWriter writer = new JsonlWriter(new ByteArrayOutputStream());

        assertThatThrownBy(() -> writer.write("{\n}".getBytes(UTF_8))).isInstanceOf(IllegalArgumentException.class);
        assertThat(writer.lines()).isZero();
    }

    private static List<JsonlLine> read(String text) throws IOException {
        return readAll(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    private static List<JsonlLine> readAll(InputStream in) throws IOException {
        List<JsonlLine> lines = new ArrayList<>();
        try (JsonlReader reader = new JsonlReader(in)) {
            for (Optional<JsonlLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                lines.add(line.get());
            }
        }
        return lines;
    }

    /** Hands out a few bytes at a time, as a network does. */
    private static final class SlowStream extends ByteArrayInputStream {
        private final int chunk;

        SlowStream(byte[] bytes, int chunk) {
            super(bytes);
            this.chunk = chunk;
        }

        @Override
        public synchronized int read(byte[] target, int from, int length) {
            return super.read(target, from, Math.min(chunk, length));
        }
    }
}
