package io.github.batchferry.localgithub.execution.process;

/** Why a step is stopped. */
public enum StopReason {
    /** Somebody cancelled the run. */
    CANCELLED,
    /** The job's time is up. */
    JOB_TIMED_OUT,
    /** The step's own time is up. */
    STEP_TIMED_OUT
}
