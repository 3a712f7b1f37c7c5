package io.github.batchferry.github;

import java.time.Duration;
import java.util.List;

/**
 * What a run with the status {@code waiting} waits for.
 *
 * @param environment the environment whose rules hold the run up
 * @param reviewers logins of people and names of teams of whom one must approve; empty if none must
 * @param waitTimer how long the environment has every run wait; zero for not at all
 */
public record PendingDeployment(String environment, List<String> reviewers, Duration waitTimer) {
    public PendingDeployment {
        reviewers = List.copyOf(reviewers);
    }
}
