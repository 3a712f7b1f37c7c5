package io.github.batchferry.localgithub.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;
import java.util.List;
import java.util.Map;

/** A piece of YAML with expressions in it, such as a matrix. */
public sealed interface Tree {
    /** Its value once its expressions are evaluated. */
    JsonNode evaluate(Contexts contexts);

    /** A text with expressions; one that is a single expression has that expression's value, of any kind. */
    record Leaf(Template template) implements Tree {
        @Override
        public JsonNode evaluate(Contexts contexts) {
            return template.value(contexts);
        }
    }

    /** A number, {@code true}, {@code false} or null, as YAML means it. */
    record Constant(JsonNode value) implements Tree {
        @Override
        public JsonNode evaluate(Contexts contexts) {
            return value;
        }
    }

    /** A sequence. */
    record Items(List<Tree> items) implements Tree {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public JsonNode evaluate(Contexts contexts) {
            ArrayNode array = Json.array();
            items.forEach(item -> array.add(item.evaluate(contexts)));
            return array;
        }
    }

    /** A mapping, in the order of the file. */
    record Entries(Map<String, Tree> entries) implements Tree {
        public Entries {
            entries = Workflow.ordered(entries);
        }

        @Override
        public JsonNode evaluate(Contexts contexts) {
            ObjectNode object = Json.object();
            entries.forEach((key, value) -> object.set(key, value.evaluate(contexts)));
            return object;
        }
    }
}
