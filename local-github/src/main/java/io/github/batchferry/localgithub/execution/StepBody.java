package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.execution.process.StoppedException;
import io.github.batchferry.localgithub.store.Conclusion;
import java.io.IOException;

/** What a step does once its condition holds. */
interface StepBody {
    /**
     * Does it.
     *
     * @return success, failure or cancelled
     * @throws StepFailedException if it failed and the log does not say so yet
     * @throws StoppedException if it was stopped
     */
    Conclusion run(ActiveStep step) throws IOException, StepFailedException;
}
