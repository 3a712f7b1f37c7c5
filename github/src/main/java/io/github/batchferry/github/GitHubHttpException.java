package io.github.batchferry.github;

import java.io.IOException;

/** Carries one of our exceptions through kohsuke's client, which knows only its own and {@link IOException}. */
final class GitHubHttpException extends IOException {
    private static final long serialVersionUID = 1L;

    private final GitHubException carried;

    GitHubHttpException(GitHubException carried) {
        super(carried.getMessage(), carried);
        this.carried = carried;
    }

    GitHubException carried() {
        return carried;
    }
}
