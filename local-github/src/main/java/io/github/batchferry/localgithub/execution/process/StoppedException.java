package io.github.batchferry.localgithub.execution.process;

/** A step was stopped before it was done; nothing it started is left. */
public final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final StopReason reason;

    public StoppedException(StopReason reason) {
        super("stopped: " + reason);
        this.reason = reason;
    }

    /** Why. */
    public StopReason reason() {
        return reason;
    }
}
