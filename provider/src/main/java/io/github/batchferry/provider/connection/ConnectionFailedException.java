package io.github.batchferry.provider.connection;

/** A target cannot be used from here. */
public final class ConnectionFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean authentication;

    /**
     * @param message why, and what to do
     * @param authentication whether a token is missing, rather than something else
     */
    public ConnectionFailedException(String message, boolean authentication) {
        super(message);
        this.authentication = authentication;
    }

    /** Whether the cause is a missing or unusable token. */
    public boolean authentication() {
        return authentication;
    }
}
