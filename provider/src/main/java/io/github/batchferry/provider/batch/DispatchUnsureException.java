package io.github.batchferry.provider.batch;

import io.github.batchferry.github.GitHubException;

/**
 * The answer to a dispatch was lost, and whether it arrived could not be found out. It is not sent again before that is
 * known.
 */
public final class DispatchUnsureException extends GitHubException {
    private static final long serialVersionUID = 1L;

    /** @param cause why it could not be found out */
    public DispatchUnsureException(GitHubException cause) {
        super("cannot tell whether the dispatch arrived: " + cause.getMessage(), cause.status(), cause);
    }
}
