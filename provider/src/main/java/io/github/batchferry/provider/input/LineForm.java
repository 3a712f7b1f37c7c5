package io.github.batchferry.provider.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.batchferry.wire.json.JsonSupport;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** The forms in which a request may be written. Each line is recognised by its own keys, so that forms may be mixed. */
enum LineForm {
    /** OpenAI Batch: {@code custom_id}, {@code method}, {@code url}, {@code body}. */
    NATIVE,
    /** Ours, for people: {@code id} with {@code prompt} or {@code messages}. */
    PLAIN,
    /** Anthropic's Message Batches: {@code custom_id} and {@code params}. */
    ANTHROPIC,
    /** Gemini's batches: {@code key} and {@code request}. */
    GEMINI,
    /** An object that shows no key of any. */
    UNKNOWN;

    private static final Set<String> NATIVE_KEYS = Set.of("method", "url", "body");
    private static final Set<String> PLAIN_KEYS = Set.of("id", "prompt", "messages", "model");

    /** The form of a line. What is not a JSON object counts as native, whose parser says what is wrong with it. */
    static LineForm of(byte[] line) {
        try {
            Set<String> keys = keys(line);
            return keys == null ? NATIVE : of(keys);
        } catch (IOException e) {
            return NATIVE;
        }
    }

    private static LineForm of(Set<String> keys) {
        if (keys.stream().anyMatch(NATIVE_KEYS::contains)) {
            return NATIVE;
        }
        if (keys.stream().anyMatch(PLAIN_KEYS::contains)) {
            return PLAIN;
        }
        if (keys.contains("key") || keys.contains("request")) {
            return GEMINI;
        }
        if (keys.contains("params")) {
            return keys.contains("custom_id") ? ANTHROPIC : PLAIN;
        }
        return keys.contains("custom_id") ? NATIVE : UNKNOWN;
    }

    private static Set<String> keys(byte[] line) throws IOException {
        try (JsonParser parser = JsonSupport.MAPPER.getFactory().createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Set<String> keys = new HashSet<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                keys.add(parser.currentName());
                parser.nextToken();
                parser.skipChildren();
            }
            return keys;
        }
    }
}
