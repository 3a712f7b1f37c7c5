package io.github.batchferry.localgithub.scheduling;

import io.github.batchferry.localgithub.store.EnvironmentRecord;
import java.time.Instant;

/** What stands between a job and its environment. Not thread-safe: the queue's monitor guards it. */
final class DeploymentGate {
    private final EnvironmentRecord environment;
    private final Instant since;

    // Mutable state
    private boolean approved;
    private boolean timePassed;

    /** @param since when the waiting began */
    DeploymentGate(EnvironmentRecord environment, Instant since) {
        this.environment = environment;
        this.since = since;
        this.approved = environment.reviewers().isEmpty();
        this.timePassed = environment.waitMinutes() == 0;
    }

    EnvironmentRecord environment() {
        return environment;
    }

    boolean open() {
        return approved && timePassed;
    }

    void approve() {
        approved = true;
    }

    void timePassed() {
        timePassed = true;
    }

    /** What people see of it. */
    PendingDeployment pending() {
        return new PendingDeployment(
                environment.id(),
                environment.name(),
                environment.waitMinutes(),
                environment.waitMinutes() == 0 ? null : since,
                environment.reviewers());
    }
}
