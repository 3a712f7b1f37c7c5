package io.github.batchferry.wire;

import java.util.regex.Pattern;

/**
 * Name of a git commit.
 *
 * @param value 40 lower-case hex digits
 */
public record CommitSha(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}");

    /** @throws InvalidValueException if the text is not a full commit name */
    public CommitSha {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException("commit", value, "40 lower-case hex digits");
        }
    }

    /** The wire form. */
    @Override
    public String toString() {
        return value;
    }
}
