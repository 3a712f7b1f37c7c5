package io.github.batchferry.github;

/**
 * A call to GitHub failed. The message says in lower case what was asked and what came back; it never holds a token. One
 * subclass per cause that callers treat differently.
 */
public class GitHubException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param message what was asked and what came back
     * @param status HTTP status, or 0 if no answer came
     */
    public GitHubException(String message, int status) {
        super(message);
        this.status = status;
    }

    public GitHubException(String message, int status, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** HTTP status of the answer, or 0 if none came. */
    public int status() {
        return status;
    }
}
