package io.github.batchferry.localgithub.checks;

import java.time.Instant;

/**
 * The checks of an App for a commit.
 *
 * @param id number that no run and no other suite has
 * @param sha the commit
 * @param appId the App
 * @param branch that the commit belongs to; null if it is none's
 * @param createdAt when its first check was made; when the run was dispatched
 */
record SuiteRecord(long id, String sha, long appId, String branch, Instant createdAt) {}
