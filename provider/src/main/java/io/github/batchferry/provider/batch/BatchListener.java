package io.github.batchferry.provider.batch;

import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.journal.DamagedBatch;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.RunProgress;
import java.time.Duration;

/**
 * Hears what happens to a batch, for progress. Called on the thread that does the work; must return quickly and not throw.
 */
public interface BatchListener {
    /** A batch that may have the same requests cannot be read; a new one is sent. */
    default void damaged(DamagedBatch batch) {}

    /** The requests were checked and written down. */
    default void prepared(BatchId batch, long requests) {}

    /** So many of the requests were answered from the cache and will not be sent. */
    default void answeredFromCache(BatchId batch, long cached, long requests) {}

    /** The answers could not be kept in the cache; they are in the journal all the same. */
    default void notKeptInCache(BatchId batch, String reason) {}

    /** The requests are where the runner can read them: inside the dispatch, or on the requests branch. */
    default void delivered(BatchId batch, boolean inline, long bytes) {}

    /** GitHub took the dispatch; the run may still be without a number. */
    default void dispatched(BatchId batch) {}

    /** The run was looked at. */
    default void looked(BatchId batch, WorkflowRun run) {}

    /** The run does not begin, for a reason that can be told, with what to do about it. Called once for each reason. */
    default void waits(BatchId batch, String reason) {}

    /** So many jobs of the run were over at a time when the run changed; more of them may be by now. */
    default void jobs(BatchId batch, long done, long all) {}

    /** The runner said how far it is. */
    default void progressed(BatchId batch, RunProgress progress) {}

    /** The dispatch could not be sent, for a reason that passes; it will be sent again. */
    default void dispatchDelayed(BatchId batch, String reason, Duration nextIn) {}

    /** A look failed and will be repeated. */
    default void lookFailed(BatchId batch, String reason, Duration nextIn) {}

    /** A run that ended without complete results was started again. */
    default void restarted(BatchId batch, WorkflowRun run) {}

    /** A run paused with requests left, because the time of its job was up; another run goes on with them. */
    default void continued(BatchId batch, RunProgress paused) {}

    /** A run paused without having answered anything new; no other is started, since it would most likely do the same. */
    default void notContinued(BatchId batch, RunProgress paused) {}

    /** A run that is gone for good is followed by another dispatch. */
    default void runLost(BatchId batch, long runId) {}

    /** The time to wait is up, and the run is being cancelled, as the target says. */
    default void stopping(BatchId batch, WorkflowRun run) {}

    /** Responses were fetched and joined to their requests. */
    default void collected(BatchId batch, long responses) {}
}
