package io.github.batchferry.localgithub.collaboration;

import java.time.Instant;

/**
 * What somebody thinks of a pull request.
 *
 * @param id unique in its repository
 * @param author login
 * @param body Markdown; may be empty
 * @param verdict what it comes to
 * @param commit head of the pull request at that time
 * @param submittedAt when it was given; null while it is pending
 */
public record Review(long id, String author, String body, Verdict verdict, String commit, Instant submittedAt) {
    /** What a review comes to. */
    public enum Verdict {
        PENDING,
        COMMENTED,
        APPROVED,
        CHANGES_REQUESTED
    }
}
