package io.github.batchferry.git;

import java.util.regex.Pattern;

/**
 * Name of a branch without {@code refs/heads/}. Stricter than git itself (see git-check-ref-format): segments of letters,
 * digits, dot, underscore and hyphen, divided by slashes, so that a name is safe wherever it is printed.
 *
 * @param value such as {@code eval-results/20260115-093000-k3p7qa}
 */
public record BranchName(String value) {
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

    /** @throws IllegalArgumentException if the text is not such a name */
    public BranchName {
        for (String segment : value.split("/", -1)) {
            if (!SEGMENT.matcher(segment).matches()
                    || segment.endsWith(".lock")
                    || segment.endsWith(".")
                    || segment.contains("..")) {
                throw new IllegalArgumentException("invalid branch name `" + value
                        + "`: expected letters, digits, dots, underscores and hyphens, divided by slashes");
            }
        }
    }

    /** The full ref name, {@code refs/heads/…}. */
    public String ref() {
        return "refs/heads/" + value;
    }

    /** The name without {@code refs/heads/}. */
    @Override
    public String toString() {
        return value;
    }
}
