package io.github.batchferry.github;

/** The token is missing, wrong or expired (401), or may not do what was asked (403 without a rate limit's signs). */
public final class GitHubAuthenticationException extends GitHubException {
    private static final long serialVersionUID = 1L;

    public GitHubAuthenticationException(String message, int status) {
        super(message, status);
    }
}
