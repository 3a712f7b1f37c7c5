package io.github.batchferry.localgithub.execution.actions;

import java.util.Locale;
import java.util.Set;

/** Reads inputs that are more than texts. */
final class Inputs {
    private static final Set<String> YES = Set.of("true", "True", "TRUE");
    private static final Set<String> NO = Set.of("false", "False", "FALSE");

    private Inputs() {}

    /** A yes or no in the spellings that GitHub's tools take. */
    static boolean flag(ActionStep step, String name) throws ActionFailedException {
        String value = step.input(name);
        if (!YES.contains(value) && !NO.contains(value)) {
            throw new ActionFailedException("Input does not meet YAML 1.2 \"Core Schema\" specification: " + name
                    + "\nSupport boolean input list: `true | True | TRUE | false | False | FALSE`");
        }
        return YES.contains(value);
    }

    /** A yes or no where everything that is not yes means no. */
    static boolean isTrue(ActionStep step, String name) {
        return step.input(name).toUpperCase(Locale.ROOT).equals("TRUE");
    }

    /** A whole number from 0 to a largest one. */
    static int number(ActionStep step, String name, int largest) throws ActionFailedException {
        String value = step.input(name);
        if (!value.matches("\\d{1,9}") || Integer.parseInt(value) > largest) {
            throw new ActionFailedException(
                    "Invalid " + name + ": `" + value + "`. Expected a number from 0 to " + largest);
        }
        return Integer.parseInt(value);
    }
}
