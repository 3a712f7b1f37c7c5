package io.github.batchferry.wire.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** The one Jackson configuration of the wire format, and its errors in words a user can act on. */
public final class JsonSupport {
    private static final int DEEPEST = 1000;

    /** Room for what we put around a vendor's answer: whatever could be read by itself can be read in its place. */
    private static final int DEPTH_OF_OUR_OWN = 16;

    /** Thread-safe after construction; plain JSON in UTF-8 without any leniency, up to a thousand levels deep. */
    public static final ObjectMapper MAPPER = new ObjectMapper(factory(DEEPEST));

    static final JsonFactory FACTORY = MAPPER.getFactory();

    /** As {@link #MAPPER}, for documents that hold others. */
    public static final ObjectMapper ENCLOSING = new ObjectMapper(factory(DEEPEST + DEPTH_OF_OUR_OWN));

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
        return isAscii(bytes) || isDecodable(bytes);
    }

    /** Most of what is read: several times faster than a decoder. */
    private static boolean isAscii(byte[] bytes) {
        int seen = 0;
        for (byte b : bytes) {
            seen |= b;
        }
        return seen >= 0;
    }

    private static boolean isDecodable(byte[] bytes) {
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

    /** Nothing but UTF-8 is read: where Jackson recognises other encodings, places in the bytes are not known. */
    private static JsonFactory factory(int deepest) {
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(deepest)
                        .maxStringLength(JsonlReader.MAX_LINE_BYTES)
                        .build())
                .build();
    }

    private static String firstSentence(String message) {
        String oneLine = message.strip().replaceAll("\\s+", " ");
        int cut = oneLine.indexOf(" at [Source");
        String sentence = (cut < 0 ? oneLine : oneLine.substring(0, cut)).replaceAll(", from `[^`]*`", "");
        return sentence.isEmpty() ? sentence : Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
