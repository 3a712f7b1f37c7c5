package io.github.batchferry.localgithub.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What expressions see where they stand.
 *
 * @param values context name, in lower case, to its value, such as {@code inputs} to an object
 * @param functions those that depend on the place: {@code success}, {@code failure}, {@code cancelled}, {@code always},
 *     {@code hashFiles}
 */
public record Contexts(Map<String, JsonNode> values, Functions functions) {
    /** The functions whose value depends on where an expression stands. */
    @FunctionalInterface
    public interface Functions {
        /** None of them is there. */
        Functions NONE = (name, arguments) -> {
            throw new IllegalArgumentException("the function `" + name + "` is not available here");
        };

        /** Calls one, by its name in lower case. */
        JsonNode call(String name, List<JsonNode> arguments);
    }

    public Contexts {
        values = Map.copyOf(values);
    }

    /** Contexts without any function of the place. */
    public Contexts(Map<String, JsonNode> values) {
        this(values, Functions.NONE);
    }

    /** The same with one context added or replaced. */
    public Contexts with(String name, JsonNode value) {
        Map<String, JsonNode> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Contexts(more, functions);
    }

    /** The same with other functions. */
    public Contexts with(Functions others) {
        return new Contexts(values, others);
    }

    /** The value of a property; missing if it or anything on the way is not there. */
    JsonNode find(List<String> path) {
        JsonNode node = values.getOrDefault(path.get(0), MissingNode.getInstance());
        for (String name : path.subList(1, path.size())) {
            node = property(node, name);
        }
        return node;
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
