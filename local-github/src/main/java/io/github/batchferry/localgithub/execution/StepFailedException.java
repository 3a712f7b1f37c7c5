package io.github.batchferry.localgithub.execution;

/** A step cannot go on; the message tells people why. */
final class StepFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    StepFailedException(String message) {
        super(message);
    }
}
