package io.github.batchferry.localgithub.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.stream.IntStream;

/** Finds the value of an expression. What the value does not depend on is not evaluated, and so cannot fail. */
final class Evaluator {
    /** The one context in which the case of names counts, as in the environment that it shows. */
    private static final String EXACT_CONTEXT = "env";

    private final Scope scope;

    Evaluator(Scope scope) {
        this.scope = scope;
    }

    JsonNode value(Node node) {
        if (node instanceof Node.Literal literal) {
            return literal.value();
        }
        if (node instanceof Node.Context context) {
            return orNull(scope.context(context.name()));
        }
        if (node instanceof Node.Index index) {
            return index(index);
        }
        if (node instanceof Node.Star star) {
            return Indexing.star(value(star.target()));
        }
        if (node instanceof Node.Not not) {
            return BooleanNode.valueOf(!Values.truthy(value(not.operand())));
        }
        if (node instanceof Node.Comparison comparison) {
            return BooleanNode.valueOf(
                    Comparisons.compare(comparison.operator(), value(comparison.left()), value(comparison.right())));
        }
        return node instanceof Node.Logical logical ? logical(logical) : call((Node.Call) node);
    }

    private JsonNode index(Node.Index node) {
        JsonNode target = value(node.target());
        boolean exactly =
                node.target() instanceof Node.Context context && context.name().equals(EXACT_CONTEXT);
        return target.isContainerNode() ? Indexing.index(target, value(node.key()), exactly) : NullNode.getInstance();
    }

    /** The operand that decides, itself and not its truth. */
    private JsonNode logical(Node.Logical node) {
        boolean deciding = node.operator() == Operator.OR;
        JsonNode value = NullNode.getInstance();
        for (Node operand : node.children()) {
            value = value(operand);
            if (Values.truthy(value) == deciding) {
                return value;
            }
        }
        return value;
    }

    private JsonNode call(Node.Call node) {
        Arguments arguments = new Arguments(this, node.children());
        if (node.function() instanceof Function.GeneralFunction function) {
            return function.body().call(arguments);
        }
        Function.OfScope function = (Function.OfScope) node.function();
        return orNull(scope.call(
                function.name(),
                IntStream.range(0, arguments.count()).mapToObj(arguments::at).toList()));
    }

    private static JsonNode orNull(JsonNode value) {
        return value == null || value.isMissingNode() ? NullNode.getInstance() : value;
    }
}
