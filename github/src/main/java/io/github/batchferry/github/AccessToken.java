package io.github.batchferry.github;

/**
 * A GitHub token. Its text form hides it, so that it cannot slip into a message or a log.
 *
 * @param secret the token itself
 */
public record AccessToken(String secret) {
    /** @throws IllegalArgumentException if the text is empty or holds white space or control characters */
    public AccessToken {
        if (secret.isEmpty() || secret.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException("not a GitHub token: it is empty or holds characters no token has");
        }
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "***";
    }
}
