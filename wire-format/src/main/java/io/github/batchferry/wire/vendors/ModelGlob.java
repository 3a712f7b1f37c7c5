package io.github.batchferry.wire.vendors;

import java.util.regex.Pattern;

/**
 * A pattern over model ids in which {@code *} stands for any text, such as {@code gpt-5*}; everything else is literal.
 *
 * @param pattern the pattern as written
 */
public record ModelGlob(String pattern) {
    /** Whether a model id is meant by the pattern. */
    public boolean matches(String model) {
        StringBuilder regex = new StringBuilder();
        for (String literal : pattern.split("\\*", -1)) {
            regex.append(regex.length() == 0 ? "" : ".*").append(Pattern.quote(literal));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(model).matches();
    }

    /** The pattern as written. */
    @Override
    public String toString() {
        return pattern;
    }
}
