package io.github.batchferry.runner.redaction;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.json.RawJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * Cleans a JSON value token by token: a vendor may escape a secret in any way ({@code \u0073k-…}), and a replacement in the
 * bytes could break the JSON.
 */
final class JsonRedaction {
    private final UnaryOperator<String> clean;

    JsonRedaction(UnaryOperator<String> clean) {
        this.clean = clean;
    }

    RawJson clean(RawJson value) {
        try {
            byte[] bytes = value.toByteArray();
            return isClean(bytes) ? value : RawJson.parse(rewritten(bytes));
        } catch (IOException | MalformedJsonException e) {
            throw new AssertionError("a valid JSON value in memory can be read and written again", e);
        }
    }

    private boolean isClean(byte[] json) throws IOException {
        try (JsonParser parser = JsonSupport.MAPPER.getFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                if (isText(parser) && !clean.apply(parser.getText()).equals(parser.getText())) {
                    return false;
                }
            }
        }
        return true;
    }

    private byte[] rewritten(byte[] json) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length);
        try (JsonParser parser = JsonSupport.MAPPER.getFactory().createParser(json);
                JsonGenerator generator = JsonSupport.MAPPER.getFactory().createGenerator(out)) {
            while (parser.nextToken() != null) {
                write(parser, generator);
            }
        }
        return out.toByteArray();
    }

    private void write(JsonParser parser, JsonGenerator out) throws IOException {
        if (!isText(parser)) {
            out.copyCurrentEvent(parser);
            return;
        }
        String text = clean.apply(parser.getText());
        if (parser.currentToken() == JsonToken.FIELD_NAME) {
            out.writeFieldName(text);
        } else if (parser.currentToken() == JsonToken.VALUE_STRING || !text.equals(parser.getText())) {
            out.writeString(text);
        } else {
            out.writeNumber(text);
        }
    }

    /** Numbers count, too: a key may consist of digits. */
    private static boolean isText(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING || token.isNumeric();
    }
}
