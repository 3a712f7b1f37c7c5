package io.github.batchferry.localgithub.rest.issues;

import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.FieldError;

/** What GitHub takes as a label. */
final class LabelRules {
    private static final int LONGEST_NAME = 50;
    private static final int LONGEST_DESCRIPTION = 100;

    private LabelRules() {}

    static String name(String name) throws ApiException {
        if (name.isBlank()) {
            throw ApiException.invalid(FieldError.of("Label", "name", "missing_field"));
        }
        return limited(name, "name", LONGEST_NAME);
    }

    static String color(String color) throws ApiException {
        if (!color.matches("[0-9a-fA-F]{6}")) {
            throw ApiException.invalid(FieldError.of("Label", "color", "invalid"));
        }
        return color;
    }

    static String description(String description) throws ApiException {
        return limited(description, "description", LONGEST_DESCRIPTION);
    }

    private static String limited(String text, String field, int longest) throws ApiException {
        if (text.codePointCount(0, text.length()) > longest) {
            throw ApiException.invalid(new FieldError(
                    "Label", field, "custom", field + " is too long (maximum is " + longest + " characters)"));
        }
        return text;
    }
}
