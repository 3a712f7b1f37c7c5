package io.github.batchferry.provider.connection;

import java.util.Optional;

/** Tokens by host, from a place where the user is logged in. */
interface HostTokens {
    /** The token of a host, such as {@code github.com}; empty if there is none. */
    Optional<String> token(String host);

    /** What people know the place by. */
    String origin();
}
