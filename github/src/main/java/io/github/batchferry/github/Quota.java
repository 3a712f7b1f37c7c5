package io.github.batchferry.github;

/**
 * What is left of the primary rate limit, by the last answer that said so.
 *
 * @param limit counted calls an hour
 * @param remaining those that are left of this hour
 */
public record Quota(long limit, long remaining) {
    /** Whether less than a tenth is left. */
    public boolean scarce() {
        return remaining * 10 < limit;
    }
}
