package io.github.batchferry.wire.json;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads a JSONL file line by line in constant memory. Accepts LF and CRLF, a UTF-8 byte order mark at the start and blank
 * lines, which are skipped but counted. Does not look at the JSON. Not thread-safe.
 */
public final class JsonlReader implements Closeable {
    /** Longest line accepted, in bytes: large enough for a request with pictures, small beside a 256 MB heap. */
    public static final int MAX_LINE_BYTES = 32 * 1024 * 1024;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final int maxLineBytes;
    private final byte[] buffer = new byte[64 * 1024];

    // Mutable state
    private int position;
    private int limit;
    private long consumed;
    private long lineNumber;

    /** Reads lines of up to {@link #MAX_LINE_BYTES}; closing the reader closes the stream. */
    public JsonlReader(InputStream in) {
        this(in, MAX_LINE_BYTES);
    }

    JsonlReader(InputStream in, int maxLineBytes) {
        this.in = Objects.requireNonNull(in, "in is null");
        this.maxLineBytes = maxLineBytes;
    }

    /**
     * The next line that is not blank, or empty at the end.
     *
     * @throws LineTooLongException if the line is longer than the limit
     */
    public Optional<JsonlLine> next() throws IOException {
        while (true) {
            long offset = consumed;
            Optional<byte[]> whole = wholeLine();
            ByteArrayOutputStream parts = new ByteArrayOutputStream(whole.isPresent() ? 0 : 256);
            boolean terminated = whole.isPresent() || readLine(parts);
            byte[] bytes = whole.orElseGet(parts::toByteArray);
            if (!terminated && bytes.length == 0) {
                return Optional.empty();
            }
            lineNumber++;
            int start = lineNumber == 1 ? byteOrderMarkLength(bytes) : 0;
            int end = withoutCarriageReturn(bytes);
            if (!isBlank(bytes, start, end)) {
                return Optional.of(new JsonlLine(lineNumber, offset + start, slice(bytes, start, end), terminated));
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** The next line if it lies in the buffer from one end to the other, as most do. */
    private Optional<byte[]> wholeLine() {
        int lineFeed = indexOfLineFeed();
        if (lineFeed < 0 || lineFeed - position > maxLineBytes) {
            return Optional.empty();
        }
        byte[] line = Arrays.copyOfRange(buffer, position, lineFeed);
        consumed += line.length + 1L;
        position = lineFeed + 1;
        return Optional.of(line);
    }

    private boolean readLine(ByteArrayOutputStream line) throws IOException {
        while (true) {
            if (position == limit && !fill()) {
                return false;
            }
            int lineFeed = indexOfLineFeed();
            int end = lineFeed < 0 ? limit : lineFeed;
            if (line.size() + (end - position) > maxLineBytes) {
                throw new LineTooLongException(lineNumber + 1, maxLineBytes);
            }
            line.write(buffer, position, end - position);
            consumed += end - position;
            position = end;
            if (lineFeed >= 0) {
                position++;
                consumed++;
                return true;
            }
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }

    private int indexOfLineFeed() {
        for (int i = position; i < limit; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static int byteOrderMarkLength(byte[] line) {
        if (line.length < BYTE_ORDER_MARK.length) {
            return 0;
        }
        for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
            if (line[i] != BYTE_ORDER_MARK[i]) {
                return 0;
            }
        }
        return BYTE_ORDER_MARK.length;
    }

    private static int withoutCarriageReturn(byte[] line) {
        boolean present = line.length > 0 && line[line.length - 1] == '\r';
        return present ? line.length - 1 : line.length;
    }

    private static boolean isBlank(byte[] line, int start, int end) {
        for (int i = start; i < end; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private static byte[] slice(byte[] line, int start, int end) {
        return start == 0 && end == line.length ? line : Arrays.copyOfRange(line, start, end);
    }
}
