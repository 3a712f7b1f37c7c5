package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.store.Conclusion;

/** How the steps of a job, or of a composite action, went so far. Used by the job's thread only. */
final class StepsStatus {
    private final JobStop stop;

    // Mutable state
    private boolean failed;

    StepsStatus(JobStop stop) {
        this.stop = stop;
    }

    /** One of them failed, and did not say to continue. */
    void fail() {
        failed = true;
    }

    boolean hasFailed() {
        return failed;
    }

    /** Success, failure, or cancelled once the job has to stop. */
    Conclusion now() {
        if (stop.reason().isPresent() || stop.isOver()) {
            return Conclusion.CANCELLED;
        }
        return failed ? Conclusion.FAILURE : Conclusion.SUCCESS;
    }
}
