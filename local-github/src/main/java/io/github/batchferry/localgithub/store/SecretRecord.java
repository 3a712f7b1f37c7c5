package io.github.batchferry.localgithub.store;

import java.time.Instant;

/**
 * What may be told about a secret.
 *
 * @param name in capital letters
 * @param createdAt when it was first set
 * @param updatedAt when it was last set
 */
public record SecretRecord(String name, Instant createdAt, Instant updatedAt) {}
