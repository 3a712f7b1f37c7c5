package io.github.batchferry.localgithub.scheduling.plan;

/** A job cannot start; the message is for its annotation. */
public final class UnstartableJobException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnstartableJobException(String message) {
        super(message);
    }
}
