package io.github.batchferry.localgithub.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;

/**
 * The values that expressions may look up. Names are compared without regard to case, and what is missing is the empty
 * text, both as on GitHub.
 *
 * @param values context name to its value, such as {@code inputs} to an object of texts
 */
public record Contexts(Map<String, JsonNode> values) {
    public Contexts {
        values = Map.copyOf(values);
    }

    /** The text of a property, {@code Object} or {@code Array} for what is none. */
    public String text(List<String> path) {
        JsonNode node = values.getOrDefault(path.get(0), MissingNode.getInstance());
        for (String name : path.subList(1, path.size())) {
            node = property(node, name);
        }
        if (node.isObject()) {
            return "Object";
        }
        return node.isArray() ? "Array" : node.isNull() ? "" : node.asText("");
    }

    private static JsonNode property(JsonNode node, String name) {
        JsonNode exact = node.path(name);
        if (!exact.isMissingNode()) {
            return exact;
        }
        return node.properties().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .findFirst()
                .<JsonNode>map(Map.Entry::getValue)
                .orElse(exact);
    }
}
