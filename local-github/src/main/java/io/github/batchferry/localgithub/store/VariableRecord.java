package io.github.batchferry.localgithub.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A configuration variable.
 *
 * @param name in capital letters
 * @param value its text
 * @param createdAt when it was first set
 * @param updatedAt when it was last set
 */
public record VariableRecord(String name, String value, Instant createdAt, Instant updatedAt) {
    /** A variable that is set now; one that was there before keeps its age. */
    public static VariableRecord set(Optional<VariableRecord> before, String name, String value, Instant now) {
        return new VariableRecord(
                name, value, before.map(VariableRecord::createdAt).orElse(now), now);
    }
}
