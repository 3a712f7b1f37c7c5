package io.github.batchferry.localgithub.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Arguments of one call. Each is evaluated when it is first asked for, and once: what a function does not look at cannot
 * fail, and nested calls cost no more than they are long.
 */
final class Arguments {
    private final Evaluator evaluator;
    private final List<Node> nodes;
    // Mutable state
    private final JsonNode[] values;

    Arguments(Evaluator evaluator, List<Node> nodes) {
        this.evaluator = evaluator;
        this.nodes = nodes;
        this.values = new JsonNode[nodes.size()];
    }

    int count() {
        return values.length;
    }

    JsonNode at(int index) {
        if (values[index] == null) {
            values[index] = evaluator.value(nodes.get(index));
        }
        return values[index];
    }

    String text(int index) {
        return Values.text(at(index));
    }
}
