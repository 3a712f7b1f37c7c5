package io.github.batchferry.github;

import java.time.Duration;

/** A primary or secondary rate limit was hit (403 or 429). */
public final class GitHubRateLimitException extends GitHubException {
    private static final long serialVersionUID = 1L;

    private final Duration wait;
    private final boolean told;

    /** A limit with the time that GitHub named. */
    public GitHubRateLimitException(String message, int status, Duration wait) {
        this(message, status, wait, true);
    }

    /** @param told whether GitHub named the time; if not, whoever is refused again should wait twice as long */
    public GitHubRateLimitException(String message, int status, Duration wait, boolean told) {
        super(message, status);
        this.wait = wait;
        this.told = told;
    }

    /**
     * How long to wait after having been refused so many times in a row: what GitHub named, or a minute, then two, four and
     * so on up to half an hour.
     *
     * @param refusals 1 for the first
     */
    public Duration waitTime(int refusals) {
        return told ? wait : wait.multipliedBy(Math.min(30, 1L << Math.min(5, Math.max(0, refusals - 1))));
    }

    /** How long GitHub asks to wait, at least one second. */
    public Duration waitTime() {
        return wait;
    }
}
