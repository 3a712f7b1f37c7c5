package io.github.batchferry.runner.economy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.json.RawJson;
import java.io.IOException;
import java.util.Optional;

/** Takes a value out of a line of JSON byte for byte. */
final class JsonSlice {
    private JsonSlice() {}

    /**
     * The value under keys of objects inside each other; empty if there is none.
     *
     * @param line one line, known to be valid JSON
     */
    static Optional<RawJson> of(byte[] line, String... path) throws MalformedJsonException {
        try (JsonParser parser = JsonSupport.ENCLOSING.getFactory().createParser(line)) {
            parser.nextToken();
            for (String key : path) {
                if (!enter(parser, key)) {
                    return Optional.empty();
                }
            }
            int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
            if (parser.currentToken().isScalarValue()) {
                parser.finishToken();
            } else {
                parser.skipChildren();
            }
            int to = Math.toIntExact(parser.currentLocation().getByteOffset());
            return Optional.of(RawJson.sliceOfValid(line, from, to));
        } catch (IOException e) {
            throw new MalformedJsonException("not valid JSON: " + e.getMessage());
        }
    }

    private static boolean enter(JsonParser parser, String key) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = parser.currentName().equals(key);
            parser.nextToken();
            if (wanted) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }
}
