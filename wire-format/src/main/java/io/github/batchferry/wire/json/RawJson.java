package io.github.batchferry.wire.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One JSON value kept as its UTF-8 bytes on a single line, so that numbers, key order and escapes travel unchanged
 * ({@code 1e2} stays {@code 1e2}). Immutable.
 */
public final class RawJson {
    private final byte[] bytes;

    private RawJson(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes a JSON value as it came. Line breaks and other white space between tokens are dropped only when the text
     * spans lines; a value on one line is kept byte for byte.
     *
     * @throws MalformedJsonException if the bytes are not exactly one JSON value in UTF-8
     */
    public static RawJson parse(byte[] json) throws MalformedJsonException {
        requireText(json);
        requireOneValue(json);
        return parseAgain(json);
    }

    /**
     * Checks what a parser of JSON does not look at, for those who parse the bytes themselves.
     *
     * @throws MalformedJsonException if the bytes are not a text in UTF-8, or start with a byte order mark
     */
    public static void requireText(byte[] json) throws MalformedJsonException {
        if (!JsonSupport.isUtf8(json)) {
            throw new MalformedJsonException("not valid UTF-8");
        }
        if (startsWithByteOrderMark(json)) {
            throw new MalformedJsonException(
                    "starts with a byte order mark, which belongs at the start of a file only");
        }
    }

    /** As {@link #parse}, for bytes that it has accepted before: they are not checked again. */
    public static RawJson parseAgain(byte[] json) {
        return new RawJson(spansLines(json) ? withoutOuterWhitespace(json) : json.clone());
    }

    /** Takes a text as a JSON string value, for answers that are not JSON themselves. */
    public static RawJson ofText(String text) {
        try {
            return new RawJson(JsonSupport.MAPPER.writeValueAsBytes(text));
        } catch (JsonProcessingException e) {
            throw new AssertionError("a string can always be written as JSON", e);
        }
    }

    /** Takes one value, byte for byte, out of a single-line text that a parser has already found to be valid. */
    public static RawJson sliceOfValid(byte[] source, int from, int to) {
        return new RawJson(Arrays.copyOfRange(source, from, to));
    }

    /** Number of bytes. */
    public int size() {
        return bytes.length;
    }

    /** Whether an ASCII text stands somewhere in the JSON, as it is written there. */
    public boolean contains(String ascii) {
        for (int i = 0; i <= bytes.length - ascii.length(); i++) {
            int matched = 0;
            while (matched < ascii.length() && bytes[i + matched] == ascii.charAt(matched)) {
                matched++;
            }
            if (matched == ascii.length()) {
                return true;
            }
        }
        return false;
    }

    public byte[] toByteArray() {
        return bytes.clone();
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }

    /** The value as a tree, for reading; the bytes stay the truth. */
    public JsonNode tree() {
        try {
            return JsonSupport.MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("validated when it was made", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawJson that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The JSON text. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The bytes themselves; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    private static void requireOneValue(byte[] json) throws MalformedJsonException {
        try (JsonParser parser = JsonSupport.FACTORY.createParser(json)) {
            if (parser.nextToken() == null) {
                throw new MalformedJsonException("empty, a JSON value was expected");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new MalformedJsonException("more than one JSON value");
            }
        } catch (JsonProcessingException e) {
            throw new MalformedJsonException(JsonSupport.explain(e));
        } catch (IOException e) {
            throw new AssertionError("no input or output is involved in reading an array", e);
        }
    }

    private static boolean startsWithByteOrderMark(byte[] json) {
        return json.length >= 3 && json[0] == (byte) 0xEF && json[1] == (byte) 0xBB && json[2] == (byte) 0xBF;
    }

    private static boolean spansLines(byte[] json) {
        for (byte b : json) {
            if (b == '\n' || b == '\r') {
                return true;
            }
        }
        return false;
    }

    private static byte[] withoutOuterWhitespace(byte[] json) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length);
        boolean inString = false;
        boolean escaped = false;
        for (byte b : json) {
            if (inString) {
                inString = escaped || b != '"';
                escaped = !escaped && b == '\\';
                out.write(b);
            } else if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
                inString = b == '"';
                out.write(b);
            }
        }
        return out.toByteArray();
    }
}
