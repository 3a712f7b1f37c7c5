package io.github.batchferry.localgithub.apps;

/** Something cannot be done with an App; the message is in GitHub's words. */
public final class AppRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status the HTTP status that says so */
    AppRefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status that says so. */
    public int status() {
        return status;
    }
}
