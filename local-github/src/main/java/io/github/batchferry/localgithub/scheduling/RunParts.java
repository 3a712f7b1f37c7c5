package io.github.batchferry.localgithub.scheduling;

import io.github.batchferry.localgithub.execution.ExecutionSettings;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.store.RunStore;
import java.time.Duration;
import java.time.Instant;

/**
 * What runs in progress use of what is around them.
 *
 * @param runs where their records are kept
 * @param settings of the repositories
 * @param execution the clock, and how fast it goes
 * @param desk where concurrency groups are claimed
 * @param turns where legs wait for their turn
 */
record RunParts(
        RunStore runs,
        RepositoryDocument<RepositorySettings> settings,
        ExecutionSettings execution,
        ClaimDesk desk,
        Turns turns) {
    /** Where legs wait for their turn; nothing happens before the caller has given up the queue's monitor. */
    interface Turns {
        /** A leg is ready to run. */
        void queue(RunInProgress run, JobLeg leg);

        /** The time that a leg's environment demands begins; by the machine's clock. */
        void wait(RunInProgress run, JobLeg leg, Duration time);
    }

    Instant now() {
        return execution.clock().instant();
    }
}
