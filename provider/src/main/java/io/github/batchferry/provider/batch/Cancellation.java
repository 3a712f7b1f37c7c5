package io.github.batchferry.provider.batch;

import io.github.batchferry.github.WorkflowRun;
import java.util.Optional;

/**
 * What cancelling a batch did.
 *
 * @param stopped the run that was asked to stop, as it was seen last; empty if none was under way
 * @param dispatched whether a run is on its way that cancels the vendors' batches
 * @param forced whether the run did not end by itself within a minute and was ended by force
 */
public record Cancellation(Optional<WorkflowRun> stopped, boolean dispatched, boolean forced) {
    /** The cancellation of a run that did not have to be ended by force. */
    public Cancellation(Optional<WorkflowRun> stopped, boolean dispatched) {
        this(stopped, dispatched, false);
    }
}
