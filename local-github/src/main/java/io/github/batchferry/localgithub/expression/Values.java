package io.github.batchferry.localgithub.expression;

import com.fasterxml.jackson.databind.JsonNode;

/** GitHub's conversions between values. A missing node counts as null. */
public final class Values {
    private Values() {}

    /** Whether a value counts as true: all but null, false, 0, NaN and the empty text do. */
    public static boolean truthy(JsonNode value) {
        if (value.isNumber()) {
            double number = value.doubleValue();
            return number != 0 && !Double.isNaN(number);
        }
        return value.isContainerNode()
                || value.booleanValue()
                || isText(value) && !value.asText().isEmpty();
    }

    /**
     * The text that stands for a value where a text is needed: empty for null, {@code Array} and {@code Object} for what
     * has no text, numbers with at most 15 significant digits.
     */
    public static String text(JsonNode value) {
        if (value.isArray()) {
            return "Array";
        }
        if (value.isObject()) {
            return "Object";
        }
        if (isNull(value)) {
            return "";
        }
        return value.isNumber() ? Numbers.text(value.doubleValue()) : value.asText();
    }

    /** The number that a value is compared as: 0 for null and a blank text, NaN for what is none. */
    public static double number(JsonNode value) {
        if (value.isNumber()) {
            return value.doubleValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue() ? 1 : 0;
        }
        if (isNull(value)) {
            return 0;
        }
        return isText(value) ? Numbers.parse(value.asText()) : Double.NaN;
    }

    static boolean isNull(JsonNode value) {
        return value.isNull() || value.isMissingNode();
    }

    /** Whether it is a text, or bytes, which are taken as text in Base64. */
    static boolean isText(JsonNode value) {
        return !value.isContainerNode() && !value.isNumber() && !value.isBoolean() && !isNull(value);
    }

    static boolean isPrimitive(JsonNode value) {
        return !value.isContainerNode();
    }
}
