package io.github.batchferry.github;

import java.util.regex.Pattern;

/** What GitHub's tokens look like: where one stands that should not, it is found, and never shown. */
public final class TokenText {
    /**
     * The prefixed tokens of people, Apps and jobs, among them the long form {@code ghs_<app>_<JSON web token>}; and signed
     * tokens by their three parts.
     */
    private static final Pattern TOKEN = Pattern.compile("(?<![A-Za-z0-9])(?:gh[a-z]_[A-Za-z0-9._-]{16,}"
            + "|github_pat_[A-Za-z0-9_]{16,}"
            + "|eyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]{8,})");

    private TokenText() {}

    /** Whether a text holds something that looks like a token. */
    public static boolean isIn(String text) {
        return TOKEN.matcher(text).find();
    }

    /** The text with {@code ***} in place of everything that looks like a token. */
    public static String hide(String text) {
        return TOKEN.matcher(text).replaceAll("***");
    }
}
