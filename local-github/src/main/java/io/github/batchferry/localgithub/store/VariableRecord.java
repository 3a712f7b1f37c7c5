package io.github.batchferry.localgithub.store;

import java.time.Instant;

/**
 * A configuration variable.
 *
 * @param name in capital letters
 * @param value its text
 * @param createdAt when it was first set
 * @param updatedAt when it was last set
 */
public record VariableRecord(String name, String value, Instant createdAt, Instant updatedAt) {}
