package io.github.batchferry.git;

import java.util.Optional;

/** Where the token of each exchange with a git server comes from. Implementations are thread-safe. */
@FunctionalInterface
public interface GitToken {
    /**
     * The token to send now; empty for a server that wants none.
     *
     * @throws GitException if there should be one and it cannot be had
     */
    Optional<String> current() throws GitException;

    /**
     * Hears that the server refused a token (401).
     *
     * @return whether {@link #current} has another one now, so that it is worth asking again
     */
    default boolean renew(String refused) {
        return false;
    }

    /** What people know the token by, such as {@code environment variable GH_TOKEN}; empty if by nothing. */
    default Optional<String> origin() {
        return Optional.empty();
    }

    /** One token for good. */
    static GitToken of(Optional<String> token) {
        return () -> token;
    }
}
