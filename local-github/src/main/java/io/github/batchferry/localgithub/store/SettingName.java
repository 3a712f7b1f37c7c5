package io.github.batchferry.localgithub.store;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules by which secrets and configuration variables are named. Case does not tell two names apart. */
public final class SettingName {
    private static final Pattern FORM = Pattern.compile("[A-Z_][A-Z0-9_]*");
    private static final String RESERVED = "GITHUB_";

    private SettingName() {}

    /** The form in which a name is kept and shown: capital letters. */
    public static String kept(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    /**
     * Why GitHub would not take a name, in its words; empty if it would.
     *
     * @param kind what is named, such as {@code Variable}
     */
    public static Optional<String> refusal(String kind, String name) {
        if (!FORM.matcher(kept(name)).matches()) {
            return Optional.of(kind + " names can only contain alphanumeric characters ([a-z], [A-Z], [0-9]) or"
                    + " underscores (_). Spaces are not allowed. Must start with a letter ([a-z], [A-Z]) or"
                    + " underscores (_).");
        }
        return kept(name).startsWith(RESERVED)
                ? Optional.of(kind + " names must not start with " + RESERVED + ".")
                : Optional.empty();
    }
}
