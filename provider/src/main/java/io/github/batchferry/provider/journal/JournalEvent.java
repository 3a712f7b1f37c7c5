package io.github.batchferry.provider.journal;

import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.CommitSha;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Something that happened to a batch. Events are only ever appended; together they say how far the batch has come. */
public sealed interface JournalEvent {
    /** When it happened. */
    Instant at();

    /** The batch was written down for a target. Always the first event, and there only once. */
    record Prepared(Instant at, Target target) implements JournalEvent {}

    /**
     * The batch asks once more what another has no success for, and has the successes of that one already. Only ever the
     * second event.
     *
     * @param batch the other batch
     */
    record Retries(Instant at, BatchId batch) implements JournalEvent {}

    /** The batch was submitted once more, with other settings of the same target, such as how long to wait. */
    record Resubmitted(Instant at, Target target) implements JournalEvent {}

    /**
     * The requests are where the runner can read them.
     *
     * @param commit commit of the requests branch; empty if the requests travel inside the dispatch
     */
    record Delivered(Instant at, Optional<CommitSha> commit) implements JournalEvent {}

    /**
     * The dispatch is about to be sent. Until another event follows, nobody knows whether it arrived.
     *
     * @param highestRunId highest run id seen before, 0 if there were no runs: the batch's own run has a higher one
     */
    record Dispatching(Instant at, long highestRunId) implements JournalEvent {}

    /** GitHub said that it did not take the dispatch. */
    record Refused(Instant at, String reason) implements JournalEvent {}

    /**
     * GitHub took the dispatch.
     *
     * @param runId the run, where GitHub named it
     * @param runUrl the run's page for people, where GitHub named it
     */
    record Dispatched(Instant at, OptionalLong runId, Optional<String> runUrl) implements JournalEvent {}

    /**
     * The run was started again.
     *
     * @param afterAttempt the attempt that had ended, counted from 1
     */
    record Restarted(Instant at, int afterAttempt) implements JournalEvent {}

    /**
     * The run paused with requests left, and the batch is to be dispatched once more. What was known of that run's dispatch
     * says nothing about the next one.
     *
     * @param pausedRun the run that paused
     */
    record Continued(Instant at, long pausedRun) implements JournalEvent {}

    /**
     * The run is gone, because somebody deleted it, and the batch is to be dispatched once more. What was known of that run's
     * dispatch says nothing about the next one.
     *
     * @param runId the run that is gone
     */
    record RunLost(Instant at, long runId) implements JournalEvent {}

    /**
     * The batch was cancelled while vendors may have batches of it, and is to be dispatched once more, to cancel those. What
     * was known of the earlier dispatch says nothing about that one.
     */
    record Cancelled(Instant at) implements JournalEvent {}

    /**
     * One response for every request was written down.
     *
     * @param commit commit of the results branch; empty if the branch was gone and the responses were here already
     * @param duplicates custom ids that were answered more than once, the first hundred
     * @param unknown custom ids that were answered but not asked, the first hundred
     * @param responses digest of the file of responses as it was written; empty if an older version wrote it
     */
    record Collected(
            Instant at,
            Optional<CommitSha> commit,
            List<CustomId> duplicates,
            List<CustomId> unknown,
            Optional<Sha256> responses)
            implements JournalEvent {
        /** As an older version wrote it. */
        public Collected(Instant at, Optional<CommitSha> commit, List<CustomId> duplicates, List<CustomId> unknown) {
            this(at, commit, duplicates, unknown, Optional.empty());
        }

        public Collected {
            duplicates = List.copyOf(duplicates);
            unknown = List.copyOf(unknown);
        }
    }
}
