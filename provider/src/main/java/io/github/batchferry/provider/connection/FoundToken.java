package io.github.batchferry.provider.connection;

import io.github.batchferry.github.AccessToken;

/**
 * A token and where it was found.
 *
 * @param token the token
 * @param origin what its owner knows it by, such as {@code environment variable GH_TOKEN} or {@code gh auth token}
 */
public record FoundToken(AccessToken token, String origin) {}
