package io.github.batchferry.provider.cli.output;

import java.util.regex.Pattern;

/** Text that came from elsewhere, made safe for a terminal. */
public final class Printable {
    private static final Pattern ESCAPE_SEQUENCE =
            Pattern.compile("\u001b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?|[@-Z\\\\^_])");

    private Printable() {}

    /** One line without escape sequences; other control characters, line breaks among them, become {@code ?}. */
    public static String line(String text) {
        String plain = ESCAPE_SEQUENCE.matcher(text).replaceAll("");
        return plain.codePoints()
                .map(c -> c == '\t' ? ' ' : c)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
