package io.github.batchferry.wire.json;

import java.io.IOException;

/** A line of a JSONL file is longer than the reader accepts. */
public final class LineTooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long line;

    LineTooLongException(long line, int maxBytes) {
        super("line " + line + " is longer than " + maxBytes + " bytes");
        this.line = line;
    }

    /** Line number, counted from 1. */
    public long line() {
        return line;
    }
}
