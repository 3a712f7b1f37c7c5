package io.github.batchferry.localgithub.checks;

import java.time.Instant;

/**
 * Something that was said of a commit.
 *
 * @param id number that no other status of the repository has
 * @param sha the commit
 * @param state error, failure, pending or success
 * @param context who says it; what was said last in a context counts
 * @param description for people; null for none
 * @param targetUrl where to read more; null for none
 * @param creator login
 * @param createdAt when it was said
 */
record StatusRecord(
        long id,
        String sha,
        String state,
        String context,
        String description,
        String targetUrl,
        String creator,
        Instant createdAt) {}
