package io.github.batchferry.provider.input;

import java.io.IOException;

/** A document of requests is not put together as it should be, so that its next request cannot be found. */
final class BrokenDocumentException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long line;

    BrokenDocumentException(long line, String message) {
        super(message);
        this.line = line;
    }

    /** Where that was found, counted from 1. */
    long line() {
        return line;
    }
}
