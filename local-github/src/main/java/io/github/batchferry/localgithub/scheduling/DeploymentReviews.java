package io.github.batchferry.localgithub.scheduling;

import io.github.batchferry.localgithub.store.ReviewRecord;
import io.github.batchferry.localgithub.store.ReviewStore;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lets those whom environments name decide about what waits for them, and keeps what they said. Thread-safe. */
public final class DeploymentReviews {
    private final RunQueue queue;
    private final ReviewStore store;
    private final Clock clock;

    public DeploymentReviews(RunQueue queue, ReviewStore store, Clock clock) {
        this.queue = queue;
        this.store = store;
        this.clock = clock;
    }

    /** What jobs of a run wait for. */
    public List<PendingDeployment> pending(long run) {
        return queue.pendingDeployments(run);
    }

    /** What was decided about a run, in the order of time. */
    public List<ReviewRecord> past(long run) throws IOException {
        return store.of(run);
    }

    /** Whether somebody may decide about an environment. */
    public static boolean mayReview(PendingDeployment pending, String login) {
        return pending.reviewers().stream().anyMatch(login::equalsIgnoreCase);
    }

    /**
     * Approves or rejects what jobs of a run wait for in some environments.
     *
     * @param environments numbers, of each of which something waits for an approval
     * @param login of who decides
     * @throws RunRefusedException if nothing waits for an approval there, or somebody else has to decide
     */
    public void review(long run, Set<Long> environments, boolean approved, String comment, String login)
            throws IOException, RunRefusedException {
        Map<Long, String> names = new LinkedHashMap<>();
        for (PendingDeployment pending : pending(run)) {
            if (environments.contains(pending.environmentId())
                    && !pending.reviewers().isEmpty()) {
                if (!mayReview(pending, login)) {
                    throw new RunRefusedException("`" + login + "` is no reviewer of the environment `"
                            + pending.environment() + "`; its reviewers are " + String.join(", ", pending.reviewers()));
                }
                names.put(pending.environmentId(), pending.environment());
            }
        }
        if (environments.isEmpty() || !names.keySet().containsAll(environments)) {
            throw new RunRefusedException("No pending deployment requests to approve or reject");
        }
        queue.review(run, environments, approved, comment, login);
        store.add(run, new ReviewRecord(names, approved, comment, login, clock.instant()));
    }
}
