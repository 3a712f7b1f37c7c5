package io.github.batchferry.localgithub.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.function.BiPredicate;

/** Functions that look into texts and arrays. */
final class TextFunctions {
    private static final String SEPARATOR = ",";

    private TextFunctions() {}

    /** Whether a text contains a text, or an array an equal item. */
    static JsonNode contains(Arguments arguments) {
        JsonNode where = arguments.at(0);
        if (!where.isArray()) {
            return compare(arguments, String::contains);
        }
        for (JsonNode item : where) {
            if (Comparisons.equal(arguments.at(1), item)) {
                return BooleanNode.TRUE;
            }
        }
        return BooleanNode.FALSE;
    }

    static JsonNode startsWith(Arguments arguments) {
        return compare(arguments, String::startsWith);
    }

    static JsonNode endsWith(Arguments arguments) {
        return compare(arguments, String::endsWith);
    }

    /** The items of an array as texts with a separator between them; one value stands for an array of it. */
    static JsonNode join(Arguments arguments) {
        JsonNode items = arguments.at(0);
        BoundedText joined = new BoundedText();
        if (Values.isPrimitive(items)) {
            return joined.append(Values.text(items)).toNode();
        }
        if (items.isArray() && !items.isEmpty()) {
            String separator = items.size() > 1 ? separator(arguments) : "";
            joined.append(Values.text(items.get(0)));
            for (int i = 1; i < items.size(); i++) {
                joined.append(separator).append(Values.text(items.get(i)));
            }
        }
        return joined.toNode();
    }

    private static String separator(Arguments arguments) {
        return arguments.count() > 1 && Values.isPrimitive(arguments.at(1)) ? arguments.text(1) : SEPARATOR;
    }

    private static JsonNode compare(Arguments arguments, BiPredicate<String, String> test) {
        if (!Values.isPrimitive(arguments.at(0)) || !Values.isPrimitive(arguments.at(1))) {
            return BooleanNode.FALSE;
        }
        return BooleanNode.valueOf(test.test(CaseFolding.fold(arguments.text(0)), CaseFolding.fold(arguments.text(1))));
    }
}
