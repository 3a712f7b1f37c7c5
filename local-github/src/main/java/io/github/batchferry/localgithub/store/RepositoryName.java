package io.github.batchferry.localgithub.store;

import java.util.regex.Pattern;

/**
 * Name of a hosted repository; safe as two segments of a path.
 *
 * @param owner user or organisation
 * @param name repository
 */
public record RepositoryName(String owner, String name) {
    private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,38}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    /** @throws IllegalArgumentException if a part is not what GitHub allows */
    public RepositoryName {
        if (!valid(owner, name)) {
            throw new IllegalArgumentException("invalid repository `" + owner + "/" + name + "`: expected OWNER/NAME");
        }
    }

    /** Whether two texts make such a name. */
    public static boolean valid(String owner, String name) {
        return OWNER.matcher(owner).matches()
                && NAME.matcher(name).matches()
                && !name.matches("\\.{1,2}")
                && !name.endsWith(".git");
    }

    /** The form {@code owner/name}. */
    @Override
    public String toString() {
        return owner + "/" + name;
    }
}
