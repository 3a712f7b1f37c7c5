package io.github.batchferry.github;

/** Where the token of each request comes from. Implementations are thread-safe. */
@FunctionalInterface
public interface TokenSource {
    /**
     * The token to send now.
     *
     * @throws GitHubException if a new one is needed and GitHub does not give it
     */
    AccessToken token() throws GitHubException;

    /**
     * Hears that GitHub refused a token (401).
     *
     * @return whether {@link #token} gives another one now, so that it is worth asking again
     */
    default boolean renew(AccessToken refused) {
        return false;
    }

    /** What people know the token by, such as {@code environment variable GH_TOKEN}. */
    default String origin() {
        return "the calling program";
    }

    /** One token for good. */
    static TokenSource of(AccessToken token, String origin) {
        return new FixedToken(token, origin);
    }
}
