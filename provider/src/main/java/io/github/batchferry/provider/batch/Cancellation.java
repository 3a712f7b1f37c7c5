package io.github.batchferry.provider.batch;

import io.github.batchferry.github.WorkflowRun;
import java.util.Optional;

/**
 * What cancelling a batch did.
 *
 * @param stopped the run that was asked to stop; empty if none was under way
 * @param dispatched whether a run is on its way that cancels the vendors' batches
 */
public record Cancellation(Optional<WorkflowRun> stopped, boolean dispatched) {}
