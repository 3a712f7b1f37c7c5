package io.github.batchferry.localgithub.expression;

/** White space as .NET understands it, in which GitHub evaluates. */
final class Spaces {
    private Spaces() {}

    /** Unlike {@link Character#isWhitespace}, includes no-break spaces and U+0085, but not the separators below U+0020. */
    static boolean isSpace(char c) {
        return Character.isSpaceChar(c) || c >= '\t' && c <= '\r' || c == '\u0085';
    }

    static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }
}
