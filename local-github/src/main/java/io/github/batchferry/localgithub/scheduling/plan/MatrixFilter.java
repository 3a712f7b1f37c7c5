package io.github.batchferry.localgithub.scheduling.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Whether a combination has the values that an entry of {@code exclude} or {@code include} names, at any depth. */
final class MatrixFilter {
    private final LooseEquality equality = new LooseEquality();

    boolean matches(JsonNode wanted, JsonNode value) {
        if (wanted instanceof ObjectNode object) {
            return object.properties().stream().allMatch(entry -> matches(entry.getValue(), property(value, entry)));
        }
        if (wanted.isArray()) {
            for (int i = 0; i < wanted.size(); i++) {
                if (!matches(wanted.get(i), value.path(i))) {
                    return false;
                }
            }
            return true;
        }
        return equality.test(orNull(value), wanted);
    }

    private static JsonNode property(JsonNode value, Map.Entry<String, JsonNode> wanted) {
        return value.properties().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(wanted.getKey()))
                .<JsonNode>map(Map.Entry::getValue)
                .findFirst()
                .orElse(NullNode.getInstance());
    }

    private static JsonNode orNull(JsonNode value) {
        return value.isMissingNode() ? NullNode.getInstance() : value;
    }
}
