package io.github.batchferry.runner.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.batchferry.wire.json.RawJson;
import java.io.IOException;
import java.util.Set;

/**
 * Tokens set aside for a request until its usage is known. The prompt counts a token for every four bytes of the body, which
 * errs on the safe side for text and by far for images; the output counts what the body allows at most, if it says.
 *
 * @param input tokens sent
 * @param output tokens produced
 */
public record TokenNeed(long input, long output) {
    /** Needs nothing: for gates that count no tokens. */
    public static final TokenNeed NONE = new TokenNeed(0, 0);

    private static final int BYTES_PER_TOKEN = 4;
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> OUTPUT_CAPS =
            Set.of("max_tokens", "max_completion_tokens", "max_output_tokens", "maxOutputTokens");
    private static final String GEMINI_SETTINGS = "generationConfig";

    /**
     * Estimates a body's need.
     *
     * @param most bound of either part, so that an image or a carelessly high {@code max_tokens} does not fill a whole
     *     minute's allowance
     */
    public static TokenNeed of(RawJson body, long most) {
        return new TokenNeed(Math.min(most, body.size() / BYTES_PER_TOKEN), Math.min(most, outputCap(body)));
    }

    /** Both parts together. */
    public long total() {
        return input + output;
    }

    private static long outputCap(RawJson body) {
        try (JsonParser parser = JSON.createParser(body.toByteArray())) {
            return parser.nextToken() == JsonToken.START_OBJECT ? outputCap(parser) : 0;
        } catch (IOException e) {
            // a number beyond all bounds, say: the vendor will have its own opinion
            return 0;
        }
    }

    private static long outputCap(JsonParser parser) throws IOException {
        long cap = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_NUMBER_INT && OUTPUT_CAPS.contains(name)) {
                cap = Math.max(cap, parser.getLongValue());
            } else if (value == JsonToken.START_OBJECT && name.equals(GEMINI_SETTINGS)) {
                cap = Math.max(cap, outputCap(parser));
            } else {
                parser.skipChildren();
            }
        }
        return cap;
    }
}
