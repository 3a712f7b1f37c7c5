package io.github.batchferry.localgithub.scheduling.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.expression.Expression;
import io.github.batchferry.localgithub.expression.ExpressionSyntaxException;
import io.github.batchferry.localgithub.expression.Scope;
import io.github.batchferry.localgithub.expression.Vocabulary;
import java.util.List;
import java.util.Set;

/** Compares values as {@code ==} does in expressions. */
final class LooseEquality {
    private final Expression comparison;

    LooseEquality() {
        try {
            comparison = Expression.parse("left == right", new Vocabulary(Set.of("left", "right"), Set.of()));
        } catch (ExpressionSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean test(JsonNode left, JsonNode right) {
        return comparison
                .evaluate(new Scope() {
                    @Override
                    public JsonNode context(String name) {
                        return name.equals("left") ? left : right;
                    }

                    @Override
                    public JsonNode call(String function, List<JsonNode> arguments) {
                        throw new IllegalStateException(function + " is not in the vocabulary");
                    }
                })
                .booleanValue();
    }
}
