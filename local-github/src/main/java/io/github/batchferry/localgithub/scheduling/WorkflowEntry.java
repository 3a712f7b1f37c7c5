package io.github.batchferry.localgithub.scheduling;

import java.time.Instant;

/**
 * A workflow file on the default branch.
 *
 * @param id its number
 * @param path in the repository
 * @param name for people
 * @param createdAt when its repository was created
 */
public record WorkflowEntry(long id, String path, String name, Instant createdAt) {
    /** The file's name without its folder. */
    public String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
