package io.github.batchferry.localgithub.execution.actions;

/** An action cannot do what it was asked for; the message tells people why. */
public final class ActionFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    public ActionFailedException(String message) {
        super(message);
    }
}
