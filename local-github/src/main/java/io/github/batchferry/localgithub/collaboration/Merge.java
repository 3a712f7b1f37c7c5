package io.github.batchferry.localgithub.collaboration;

import java.time.Instant;

/**
 * The arrival of a pull request's changes on its base.
 *
 * @param at when
 * @param by login of who merged it
 * @param commit the one that brought the changes to the base
 */
public record Merge(Instant at, String by, String commit) {}
