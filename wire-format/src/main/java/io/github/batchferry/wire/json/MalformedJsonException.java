package io.github.batchferry.wire.json;

/** Bytes that were to be JSON are not. The message says what is wrong and, where known, at which column. */
public final class MalformedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedJsonException(String message) {
        super(message);
    }
}
