package io.github.batchferry.localgithub.store;

import java.util.Collection;
import java.util.stream.IntStream;

/**
 * Branches or tags that may be deployed to an environment.
 *
 * @param id number that no other policy of its environment has
 * @param pattern their names, with {@code *} and {@code **}; for tags with {@code refs/tags/} in front
 */
public record BranchPolicy(long id, String pattern) {
    private static final String TAGS = "refs/tags/";

    /** The pattern of the tags with such names. */
    public static String ofTags(String names) {
        return TAGS + names;
    }

    /** A policy with a number that none of the others has. */
    static BranchPolicy of(long environment, String pattern, Collection<BranchPolicy> others) {
        long id = IntStream.iterate(0, i -> i + 1)
                .mapToLong(i -> StableId.of(environment + ":" + pattern + ":" + i))
                .filter(number -> others.stream().noneMatch(other -> other.id == number))
                .findFirst()
                .orElseThrow();
        return new BranchPolicy(id, pattern);
    }

    /** Whether it is about tags. */
    public boolean coversTags() {
        return pattern.startsWith(TAGS);
    }

    /** The pattern of the short names. */
    public String name() {
        return coversTags() ? pattern.substring(TAGS.length()) : pattern;
    }
}
