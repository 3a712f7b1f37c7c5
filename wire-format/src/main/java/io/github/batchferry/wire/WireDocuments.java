package io.github.batchferry.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.json.RawJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What manifest and summary have in common: one JSON object with a schema version. */
final class WireDocuments {
    private WireDocuments() {}

    /** @param newest the newest schema version that the caller understands, as it does all before it */
    static JsonNode read(byte[] json, int newest) throws MalformedJsonException {
        try {
            JsonNode node = JsonSupport.MAPPER.readTree(json);
            long version = number(node, "schema_version");
            if (version < 1 || version > newest) {
                throw new MalformedJsonException("schema_version is " + version + ", this program reads 1"
                        + (newest > 1 ? " to " + newest : "") + "; update it");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new MalformedJsonException(JsonSupport.explain(e));
        } catch (IOException e) {
            throw new AssertionError("no input or output is involved in reading an array", e);
        }
    }

    static RawJson toRaw(JsonNode node) {
        try {
            return RawJson.parse(node.toString().getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            throw new AssertionError("a tree is written as JSON", e);
        }
    }

    static String text(JsonNode node, String key) throws MalformedJsonException {
        return optionalText(node, key)
                .orElseThrow(() -> new MalformedJsonException("missing $." + key + ", a text was expected"));
    }

    static Optional<String> optionalText(JsonNode node, String key) {
        return Optional.of(node.path(key)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    static long number(JsonNode node, String key) throws MalformedJsonException {
        if (!node.path(key).isIntegralNumber()) {
            throw new MalformedJsonException("missing $." + key + ", a whole number was expected");
        }
        return node.path(key).asLong();
    }
}
