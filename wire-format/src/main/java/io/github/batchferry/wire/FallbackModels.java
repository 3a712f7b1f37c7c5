package io.github.batchferry.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.RawJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The models of a body's top-level array {@code models}, from which OpenRouter takes another one when that of {@code model}
 * fails: whoever restricts models restricts these, too.
 */
final class FallbackModels {
    private FallbackModels() {}

    /** Its elements in order, empty where one is no text; of two such arrays both, as it is not known which one holds. */
    static List<Optional<String>> of(RawJson body) {
        List<Optional<String>> models = new ArrayList<>();
        if (!body.contains("\"models\"") && !body.contains("\\u")) {
            return models; // most bodies need not be parsed to see that; an escape may hide the key
        }
        try (JsonParser parser = JsonSupport.MAPPER.getFactory().createParser(body.toByteArray())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean named = parser.currentName().equals("models");
                if (parser.nextToken() == JsonToken.START_ARRAY && named) {
                    readArray(parser, models);
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new AssertionError("the body was found to be JSON", e);
        }
        return models;
    }

    private static void readArray(JsonParser parser, List<Optional<String>> models) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            boolean text = parser.currentToken() == JsonToken.VALUE_STRING;
            models.add(text ? Optional.of(parser.getText()) : Optional.empty());
            parser.skipChildren();
        }
    }
}
