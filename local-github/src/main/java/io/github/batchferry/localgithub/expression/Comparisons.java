package io.github.batchferry.localgithub.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;

/**
 * Loose comparison: values of different kinds are compared as numbers, texts without regard to case, and an object or an
 * array is equal to itself only.
 */
final class Comparisons {
    private Comparisons() {}

    static boolean compare(Operator operator, JsonNode left, JsonNode right) {
        return switch (operator) {
            case EQUAL -> equal(left, right);
            case NOT_EQUAL -> !equal(left, right);
            case LESS -> order(left, right).orElse(0) < 0;
            case LESS_OR_EQUAL -> equal(left, right) || order(left, right).orElse(0) < 0;
            case GREATER -> order(left, right).orElse(0) > 0;
            case GREATER_OR_EQUAL -> equal(left, right) || order(left, right).orElse(0) > 0;
            default -> throw new IllegalArgumentException(operator + " does not compare");
        };
    }

    static boolean equal(JsonNode left, JsonNode right) {
        if (left.isContainerNode() || right.isContainerNode()) {
            return left == right;
        }
        if (Values.isNull(left) && Values.isNull(right)) {
            return true;
        }
        OptionalInt order = order(left, right);
        return order.isPresent() && order.getAsInt() == 0;
    }

    /** Empty for what has no order: NaN, collections, and null with null. */
    private static OptionalInt order(JsonNode left, JsonNode right) {
        if (left.isContainerNode() || right.isContainerNode() || Values.isNull(left) && Values.isNull(right)) {
            return OptionalInt.empty();
        }
        if (Values.isText(left) && Values.isText(right)) {
            return OptionalInt.of(CaseFolding.fold(left.asText()).compareTo(CaseFolding.fold(right.asText())));
        }
        double first = Values.number(left);
        double second = Values.number(right);
        if (Double.isNaN(first) || Double.isNaN(second)) {
            return OptionalInt.empty();
        }
        // not Double.compare, for which 0 is greater than -0
        return OptionalInt.of(first == second ? 0 : first < second ? -1 : 1);
    }
}
