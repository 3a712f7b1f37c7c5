package io.github.batchferry.localgithub.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;
import java.util.HashSet;
import java.util.Set;

/** {@code fromJSON(text)}: strict JSON, at most 100 levels deep. */
final class FromJsonFunction {
    private static final int MAX_DEPTH = 100;

    private FromJsonFunction() {}

    static JsonNode call(Arguments arguments) {
        JsonNode parsed;
        try {
            parsed = Json.MAPPER.readTree(arguments.text(0));
        } catch (JsonProcessingException e) {
            throw new ExpressionException("Error parsing fromJson: " + e.getOriginalMessage(), e);
        }
        if (parsed.isMissingNode()) {
            throw new ExpressionException("Error parsing fromJson: the text is empty");
        }
        return value(parsed, 1);
    }

    private static JsonNode value(JsonNode parsed, int depth) {
        if (depth > MAX_DEPTH) {
            throw new ExpressionException("Error parsing fromJson: it is deeper than " + MAX_DEPTH + " levels");
        }
        if (parsed.isObject()) {
            return object(parsed, depth);
        }
        if (parsed.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode(parsed.size());
            parsed.forEach(item -> array.add(value(item, depth + 1)));
            return array;
        }
        return parsed.isNumber() ? Numbers.node(parsed.doubleValue()) : parsed;
    }

    /** Of keys that differ in case only, the first is kept. */
    private static ObjectNode object(JsonNode parsed, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        Set<String> folded = new HashSet<>();
        parsed.properties().forEach(entry -> {
            if (folded.add(CaseFolding.fold(entry.getKey()))) {
                object.set(entry.getKey(), value(entry.getValue(), depth + 1));
            }
        });
        return object;
    }
}
