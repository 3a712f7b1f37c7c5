package io.github.batchferry.localgithub.expression;

import com.fasterxml.jackson.databind.JsonNode;

/** {@code case(condition, value, condition, value, otherwise)}. */
final class CaseFunction {
    private CaseFunction() {}

    static JsonNode call(Arguments arguments) {
        for (int i = 0; i < arguments.count() - 1; i += 2) {
            if (!arguments.at(i).isBoolean()) {
                throw new ExpressionException("case predicate must evaluate to a boolean value");
            }
            if (arguments.at(i).booleanValue()) {
                return arguments.at(i + 1);
            }
        }
        return arguments.at(arguments.count() - 1);
    }
}
