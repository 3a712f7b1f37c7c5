package io.github.batchferry.wire.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** The one Jackson configuration of the wire format, and its errors in words a user can act on. */
public final class JsonSupport {
    /** Thread-safe after construction; plain JSON without any leniency. */
    public static final ObjectMapper MAPPER = new ObjectMapper();

    static final JsonFactory FACTORY = MAPPER.getFactory();

    private JsonSupport() {}

    /** Says in one lower-case line what a parser complained about, with the column inside the line. */
    public static String explain(JsonProcessingException e) {
        String reason = firstSentence(e.getOriginalMessage());
        JsonLocation at = e.getLocation();
        return at == null || at.getColumnNr() <= 0
                ? "not valid JSON: " + reason
                : "not valid JSON at column " + at.getColumnNr() + ": " + reason;
    }

    /** Whether the bytes are well-formed UTF-8, checked without holding a decoded copy. */
    static boolean isUtf8(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer chunk = CharBuffer.allocate(Math.min(8192, bytes.length + 1));
        try {
            while (true) {
                CoderResult result = decoder.decode(in, chunk, true);
                if (result.isError()) {
                    result.throwException();
                }
                if (result.isUnderflow()) {
                    return true;
                }
                chunk.clear();
            }
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static String firstSentence(String message) {
        String oneLine = message.strip().replaceAll("\\s+", " ");
        int cut = oneLine.indexOf(" at [Source");
        String sentence = cut < 0 ? oneLine : oneLine.substring(0, cut);
        return sentence.isEmpty() ? sentence : Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
