package io.github.batchferry.github;

/** No answer came (connection refused or lost, time-out) or the server failed (5xx): it may or may not have acted. */
public final class GitHubUnreachableException extends GitHubException {
    private static final long serialVersionUID = 1L;

    public GitHubUnreachableException(String message, int status, Throwable cause) {
        super(message, status, cause);
    }
}
