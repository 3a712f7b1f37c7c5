package io.github.batchferry.runner.credentials;

import java.io.IOException;

/** No token was given for the job's identity. */
public final class ExchangeFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean refused;

    ExchangeFailedException(String message, boolean refused) {
        super(message);
        this.refused = refused;
    }

    /** Whether asking again the same would change nothing. */
    public boolean isRefused() {
        return refused;
    }
}
