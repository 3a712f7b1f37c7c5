package io.github.batchferry.localgithub.scheduling;

/** A dispatch cannot be done (422); the message is GitHub's where GitHub has one. */
public final class DispatchRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    public DispatchRefusedException(String message) {
        super(message);
    }
}
