package io.github.batchferry.wire.vendors;

/**
 * A pattern over model ids in which {@code *} stands for any text, such as {@code gpt-5*}; everything else is literal.
 *
 * @param pattern the pattern as written
 */
public record ModelGlob(String pattern) {
    /** Whether a model id is meant by the pattern. */
    public boolean matches(String model) {
        String[] literals = pattern.split("\\*", -1);
        String first = literals[0];
        String last = literals[literals.length - 1];
        if (literals.length == 1) {
            return model.equals(first);
        }
        if (!model.startsWith(first)) {
            return false;
        }
        int matched = first.length();
        for (int i = 1; i < literals.length - 1; i++) {
            int found = model.indexOf(literals[i], matched);
            if (found < 0) {
                return false;
            }
            matched = found + literals[i].length();
        }
        return model.length() - last.length() >= matched && model.endsWith(last);
    }

    /** The pattern as written. */
    @Override
    public String toString() {
        return pattern;
    }
}
