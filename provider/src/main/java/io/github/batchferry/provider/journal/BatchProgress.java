package io.github.batchferry.provider.journal;

import io.github.batchferry.provider.journal.JournalEvent.Cancelled;
import io.github.batchferry.provider.journal.JournalEvent.Collected;
import io.github.batchferry.provider.journal.JournalEvent.Continued;
import io.github.batchferry.provider.journal.JournalEvent.Delivered;
import io.github.batchferry.provider.journal.JournalEvent.Dispatched;
import io.github.batchferry.provider.journal.JournalEvent.Dispatching;
import io.github.batchferry.provider.journal.JournalEvent.Prepared;
import io.github.batchferry.provider.journal.JournalEvent.Refused;
import io.github.batchferry.provider.journal.JournalEvent.Restarted;
import io.github.batchferry.provider.journal.JournalEvent.Resubmitted;
import io.github.batchferry.provider.journal.JournalEvent.Retries;
import io.github.batchferry.provider.journal.JournalEvent.RunLost;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a batch has come: the events so far, each kind at its latest.
 *
 * @param prepared the batch was written down; with the target as it was last submitted
 * @param delivered the requests were delivered; empty before
 * @param dispatching a dispatch was about to be sent; empty before, and again after GitHub refused it or its run paused
 * @param dispatched GitHub took the dispatch; empty before, and again after its run paused
 * @param restarted the last time the run was started again; empty if it never was
 * @param collected all responses are there; empty before
 * @param cancelled nothing more is to be asked, and what is dispatched from now on cancels; empty before
 * @param lastRunId the highest number of a run that the batch is known to have had, 0 if none: its next run has a higher one
 */
public record BatchProgress(
        Prepared prepared,
        Optional<Delivered> delivered,
        Optional<Dispatching> dispatching,
        Optional<Dispatched> dispatched,
        Optional<Restarted> restarted,
        Optional<Collected> collected,
        Optional<Cancelled> cancelled,
        long lastRunId) {
    public BatchProgress {
        Objects.requireNonNull(prepared, "prepared is null");
    }

    /**
     * Replays events from the first.
     *
     * @throws IllegalArgumentException if the events do not begin with {@link Prepared}
     */
    public static BatchProgress replay(List<JournalEvent> events) {
        if (events.isEmpty() || !(events.get(0) instanceof Prepared prepared)) {
            throw new IllegalArgumentException("the first event does not say that the batch was prepared");
        }
        BatchProgress progress = new BatchProgress(
                prepared,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0);
        for (JournalEvent event : events.subList(1, events.size())) {
            progress = progress.after(event);
        }
        return progress;
    }

    /** The progress once one more event has happened. */
    public BatchProgress after(JournalEvent event) {
        if (event instanceof Retries) {
            // says where the batch comes from, not how far it is
            return this;
        } else if (event instanceof Resubmitted now) {
            Prepared retargeted = new Prepared(prepared.at(), now.target());
            return new BatchProgress(
                    retargeted, delivered, dispatching, dispatched, restarted, collected, cancelled, lastRunId);
        } else if (event instanceof Delivered now) {
            return new BatchProgress(
                    prepared, Optional.of(now), dispatching, dispatched, restarted, collected, cancelled, lastRunId);
        } else if (event instanceof Dispatching now) {
            return new BatchProgress(
                    prepared, delivered, Optional.of(now), dispatched, restarted, collected, cancelled, lastRunId);
        } else if (event instanceof Refused) {
            return new BatchProgress(
                    prepared, delivered, Optional.empty(), dispatched, restarted, collected, cancelled, lastRunId);
        } else if (event instanceof Dispatched now) {
            long newest = Math.max(lastRunId, now.runId().orElse(0));
            return new BatchProgress(
                    prepared, delivered, dispatching, Optional.of(now), restarted, collected, cancelled, newest);
        } else if (event instanceof Restarted now) {
            return new BatchProgress(
                    prepared, delivered, dispatching, dispatched, Optional.of(now), collected, cancelled, lastRunId);
        } else if (event instanceof Continued now) {
            return toBeDispatchedAgain(cancelled, now.pausedRun());
        } else if (event instanceof RunLost now) {
            return toBeDispatchedAgain(cancelled, now.runId());
        } else if (event instanceof Cancelled now) {
            return toBeDispatchedAgain(Optional.of(now), lastRunId);
        } else if (event instanceof Collected now) {
            return new BatchProgress(
                    prepared, delivered, dispatching, dispatched, restarted, Optional.of(now), cancelled, lastRunId);
        }
        throw new IllegalArgumentException("a batch is prepared only once");
    }

    private BatchProgress toBeDispatchedAgain(Optional<Cancelled> cancellation, long endedRun) {
        return new BatchProgress(
                prepared,
                delivered,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                collected,
                cancellation,
                Math.max(lastRunId, endedRun));
    }
}
