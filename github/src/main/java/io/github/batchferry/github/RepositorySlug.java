package io.github.batchferry.github;

import java.util.regex.Pattern;

/**
 * Name of a repository, {@code owner/name}.
 *
 * @param owner user or organisation
 * @param name repository
 */
public record RepositorySlug(String owner, String name) {
    private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    /** @throws IllegalArgumentException if a part is not what GitHub allows */
    public RepositorySlug {
        if (!OWNER.matcher(owner).matches() || !NAME.matcher(name).matches() || name.matches("\\.{1,2}")) {
            throw new IllegalArgumentException("invalid repository `" + owner + "/" + name + "`: expected OWNER/NAME");
        }
    }

    /** Reads {@code owner/name}. */
    public static RepositorySlug parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("invalid repository `" + text + "`: expected OWNER/NAME");
        }
        return new RepositorySlug(text.substring(0, slash), text.substring(slash + 1));
    }

    /** The form {@code owner/name}. */
    @Override
    public String toString() {
        return owner + "/" + name;
    }
}
