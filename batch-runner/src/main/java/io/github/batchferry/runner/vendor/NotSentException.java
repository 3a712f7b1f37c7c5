package io.github.batchferry.runner.vendor;

import java.io.IOException;

/** Nothing was sent to the vendor, so that it cannot bill anything; worth another attempt. */
public final class NotSentException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param cause what kept it from being sent; its words are this one's */
    public NotSentException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
