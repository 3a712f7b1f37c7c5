package io.github.batchferry.git;

import java.util.Optional;

/**
 * The token of one session, as messages speak of it.
 *
 * @param secret the token, if there is one
 * @param origin what people know it by
 */
record KnownToken(Optional<String> secret, Optional<String> origin) {
    boolean present() {
        return secret.isPresent();
    }

    /** Such as {@code the token from environment variable GH_TOKEN}. */
    String named() {
        return "the token" + origin.map(from -> " from " + from).orElse("");
    }

    /** A text without the token. */
    String hide(String said) {
        return secret.map(token -> said.replace(token, "***")).orElse(said);
    }

    /** Never the token. */
    @Override
    public String toString() {
        return named();
    }
}
