package io.github.batchferry.runner.credentials;

import java.time.Duration;

/**
 * What a vendor gave for the job's identity.
 *
 * @param secret the token
 * @param life how long it is valid, counted from when it was asked for
 */
record MintedToken(String secret, Duration life) {
    /** The life; never the secret. */
    @Override
    public String toString() {
        return "a token for " + life;
    }
}
