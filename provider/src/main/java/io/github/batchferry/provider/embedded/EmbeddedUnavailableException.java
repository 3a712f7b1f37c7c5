package io.github.batchferry.provider.embedded;

/** The embedded GitHub cannot be started here. The message says why and how to go on. */
public final class EmbeddedUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    public EmbeddedUnavailableException(String message) {
        super(message);
    }

    public EmbeddedUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
