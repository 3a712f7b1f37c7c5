package io.github.batchferry.runner.requests;

/** There are responses to requests that the batch does not have: they belong to other requests. */
public final class ForeignResponsesException extends Exception {
    private static final long serialVersionUID = 1L;

    ForeignResponsesException(int count) {
        super("holds " + count + " responses to requests that this batch does not have");
    }
}
