package io.github.batchferry.github;

/** What was asked for is not there, or the token may not see it (404). */
public final class GitHubNotFoundException extends GitHubException {
    private static final long serialVersionUID = 1L;

    public GitHubNotFoundException(String message) {
        super(message, 404);
    }
}
