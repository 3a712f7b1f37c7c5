package io.github.batchferry.localgithub.store;

import java.time.Instant;

/**
 * How a repository presents itself and takes changes.
 *
 * @param description one line for people; null for none
 * @param homepage address of its page; null for none
 * @param mergeCommits whether pull requests may be merged by a merge commit
 * @param squashes whether pull requests may be merged as one commit
 * @param rebases whether the commits of a pull request may be made again on its base
 * @param deleteBranches whether the head of a pull request is deleted when it was merged
 * @param updatedAt when it was last changed; null if never
 */
public record RepositoryProfile(
        String description,
        String homepage,
        boolean mergeCommits,
        boolean squashes,
        boolean rebases,
        boolean deleteBranches,
        Instant updatedAt) {
    /** What a new repository has. */
    public static final RepositoryProfile NEW = new RepositoryProfile(null, null, true, true, true, false, null);
}
