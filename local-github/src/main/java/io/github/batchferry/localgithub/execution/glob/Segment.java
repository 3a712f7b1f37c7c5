package io.github.batchferry.localgithub.execution.glob;

import java.util.regex.Pattern;

/** One name of a pattern's path. */
sealed interface Segment {
    /** Any number of names, none among them. */
    record AnyDepth() implements Segment {}

    /** Exactly this name. */
    record Name(String name) implements Segment {}

    /** A name with wildcards in it. */
    record Wild(Pattern pattern) implements Segment {}

    /** Reads a name: {@code *}, {@code ?} and {@code [...]} are wildcards, a backslash takes their meaning away. */
    static Segment of(String text) {
        if (text.equals("**")) {
            return new AnyDepth();
        }
        StringBuilder regex = new StringBuilder();
        StringBuilder literal = new StringBuilder();
        boolean wild = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            int close = c == '[' ? closing(text, at) : -1;
            if (c == '*') {
                regex.append("[^/]*");
                wild = true;
            } else if (c == '?') {
                regex.append("[^/]");
                wild = true;
            } else if (close > 0) {
                regex.append(characters(text.substring(at + 1, close)));
                at = close;
                wild = true;
            } else {
                char plain = c == '\\' && at + 1 < text.length() ? text.charAt(++at) : c;
                regex.append(Pattern.quote(String.valueOf(plain)));
                literal.append(plain);
            }
        }
        return wild ? new Wild(Pattern.compile("(?=.)" + regex, Pattern.DOTALL)) : new Name(literal.toString());
    }

    /** Where a set of characters ends; it holds one at least. -1 if the bracket stands for itself. */
    private static int closing(String text, int open) {
        int first = open + 1 < text.length() && "!^".indexOf(text.charAt(open + 1)) >= 0 ? open + 2 : open + 1;
        return text.indexOf(']', first + 1);
    }

    private static String characters(String set) {
        boolean not = set.startsWith("!") || set.startsWith("^");
        String escaped = set.substring(not ? 1 : 0).replaceAll("[\\\\\\[\\]&^]", "\\\\$0");
        return "[" + (not ? "^/" : "") + escaped + "]";
    }

    /** Whether a name is one of these. */
    default boolean matches(String name) {
        if (this instanceof Name exact) {
            return exact.name.equals(name);
        }
        return this instanceof AnyDepth
                || this instanceof Wild wild && wild.pattern.matcher(name).matches();
    }
}
