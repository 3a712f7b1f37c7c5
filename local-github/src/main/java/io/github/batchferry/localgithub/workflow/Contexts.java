package io.github.batchferry.localgithub.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.github.batchferry.localgithub.expression.ExpressionException;
import io.github.batchferry.localgithub.expression.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What expressions see where they stand. A context that is not there is null.
 *
 * @param values context name, in lower case, to its value, such as {@code inputs} to an object
 * @param functions those that depend on the place: {@code success}, {@code failure}, {@code cancelled}, {@code always},
 *     {@code hashFiles}
 */
public record Contexts(Map<String, JsonNode> values, Functions functions) implements Scope {
    /** The functions whose value depends on where an expression stands. */
    @FunctionalInterface
    public interface Functions {
        /** None of them is there. */
        Functions NONE = (name, arguments) -> {
            throw new ExpressionException("the function `" + name + "` is not available here");
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

    @Override
    public JsonNode context(String name) {
        return values.getOrDefault(name, NullNode.getInstance());
    }

    @Override
    public JsonNode call(String function, List<JsonNode> arguments) {
        return functions.call(function.toLowerCase(Locale.ROOT), arguments);
    }
}
