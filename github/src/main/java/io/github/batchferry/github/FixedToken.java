package io.github.batchferry.github;

/** A token that stays the same. */
record FixedToken(AccessToken token, String origin) implements TokenSource {}
