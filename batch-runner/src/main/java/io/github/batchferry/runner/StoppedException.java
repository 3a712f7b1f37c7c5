package io.github.batchferry.runner;

/** The work was stopped from outside. The message says how far it was. */
final class StoppedException extends Exception {
    private static final long serialVersionUID = 1L;

    StoppedException(String message) {
        super(message);
    }
}
