package io.github.batchferry.runner;

/** How the process ends, for the workflow step. */
public final class ExitCode {
    /** Every request has its response on the results branch, be it an errored one. */
    public static final int OK = 0;

    /** Something else went wrong; the step's last lines say what. */
    public static final int FAILED = 1;

    /** The job, the requests, the vendors file or a key is not as it must be; no vendor was called. */
    public static final int BAD_INPUT = 2;

    /** Stopped from outside (SIGTERM); what was answered is pushed. */
    public static final int STOPPED = 143;

    private ExitCode() {}
}
