package io.github.batchferry.github;

import java.time.Duration;

/** A primary or secondary rate limit was hit (403 or 429). */
public final class GitHubRateLimitException extends GitHubException {
    private static final long serialVersionUID = 1L;

    private final Duration wait;

    public GitHubRateLimitException(String message, int status, Duration wait) {
        super(message, status);
        this.wait = wait;
    }

    /** How long GitHub asks to wait, at least one second. */
    public Duration waitTime() {
        return wait;
    }
}
