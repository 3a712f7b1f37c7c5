package io.github.batchferry.localgithub.scheduling;

/** What was asked of a run cannot be done (403 or 422); the message is GitHub's where GitHub has one. */
public final class RunRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    public RunRefusedException(String message) {
        super(message);
    }
}
