package io.github.batchferry.localgithub.execution.glob;

/** Patterns of names that are no paths. */
public final class NamePattern {
    private NamePattern() {}

    /**
     * Whether a name matches a pattern with {@code *}, {@code ?}, {@code [...]}, braces such as {@code {a,b}}, and
     * {@code !} in front for all that does not match.
     */
    public static boolean matches(String pattern, String name) {
        if (pattern.startsWith("!")) {
            return !matches(pattern.substring(1), name);
        }
        int open = pattern.indexOf('{');
        int close = pattern.indexOf('}', Math.max(open, 0));
        if (open < 0 || close < 0 || pattern.indexOf(',', open) < 0 || pattern.indexOf(',', open) > close) {
            return matchesOne(pattern, name);
        }
        for (String choice : pattern.substring(open + 1, close).split(",", -1)) {
            if (matches(pattern.substring(0, open) + choice + pattern.substring(close + 1), name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matchesOne(String pattern, String name) {
        boolean hidden = name.startsWith(".") && !pattern.startsWith(".");
        return !hidden && Segment.of(pattern).matches(name);
    }
}
