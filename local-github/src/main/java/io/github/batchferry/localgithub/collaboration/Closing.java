package io.github.batchferry.localgithub.collaboration;

import java.time.Instant;

/**
 * The end of an issue or a pull request.
 *
 * @param at when
 * @param by login of who closed it
 * @param reason completed, not_planned or duplicate; null for a pull request
 */
public record Closing(Instant at, String by, String reason) {}
