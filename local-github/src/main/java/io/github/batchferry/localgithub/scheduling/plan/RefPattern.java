package io.github.batchferry.localgithub.scheduling.plan;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern for names of branches or tags, as deployment branch policies use it: {@code *} and {@code ?} stop at a slash,
 * {@code **} followed by a slash spans any number of folders, {@code [a-z]} is a set, a backslash takes the next
 * character as it is.
 *
 * @param text of the pattern
 */
public record RefPattern(String text) {
    /** Whether a whole name fits; a pattern that is broken fits itself only. */
    public boolean matches(String name) {
        try {
            return Pattern.matches(regex(), name);
        } catch (PatternSyntaxException e) {
            return text.equals(name);
        }
    }

    private String regex() {
        StringBuilder regex = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int close = text.indexOf(']', at + 2);
            if (text.startsWith("**/", at) && (at == 0 || text.charAt(at - 1) == '/')) {
                regex.append("(?:[^/]+/)*");
                at += 3;
            } else if (c == '[' && close > 0) {
                regex.append(set(text.substring(at + 1, close)));
                at = close + 1;
            } else if (c == '\\' && at + 1 < text.length()) {
                regex.append(Pattern.quote(text.substring(at + 1, at + 2)));
                at += 2;
            } else {
                regex.append(single(c));
                at++;
            }
        }
        return regex.toString();
    }

    private static String single(char c) {
        return switch (c) {
            case '*' -> "[^/]*";
            case '?' -> "[^/]";
            default -> Pattern.quote(String.valueOf(c));
        };
    }

    private static String set(String inside) {
        boolean negated = inside.startsWith("!") || inside.startsWith("^");
        String members = (negated ? inside.substring(1) : inside).replaceAll("([\\[\\]&\\\\^])", "\\\\$1");
        return "(?!/)[" + (negated ? "^" : "") + members + "]";
    }
}
