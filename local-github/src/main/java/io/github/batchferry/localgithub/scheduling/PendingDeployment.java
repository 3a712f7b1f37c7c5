package io.github.batchferry.localgithub.scheduling;

import java.time.Instant;
import java.util.List;

/**
 * An environment that jobs of a run wait for.
 *
 * @param environmentId number of the environment
 * @param environment its name
 * @param waitMinutes minutes that jobs wait before they start; 0 for none
 * @param waitStartedAt when that time began; null without it
 * @param reviewers logins of whom one must approve; empty if nobody needs to
 */
public record PendingDeployment(
        long environmentId, String environment, int waitMinutes, Instant waitStartedAt, List<String> reviewers) {
    public PendingDeployment {
        reviewers = List.copyOf(reviewers);
    }
}
