package io.github.batchferry.localgithub.apps;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A GitHub App.
 *
 * @param id number that no other App or installation has
 * @param slug its name in URLs
 * @param name for people
 * @param owner login of who registered it
 * @param publicKey in PEM; what the App signs is checked with it
 * @param permissions name, such as {@code pull_requests}, to read, write or admin
 * @param createdAt when it was registered
 */
public record AppRecord(
        long id,
        String slug,
        String name,
        String owner,
        String publicKey,
        Map<String, String> permissions,
        Instant createdAt) {
    /** What jobs act as: nobody registers it, and nobody has its key. */
    public static final AppRecord ACTIONS = new AppRecord(
            15368, "github-actions", "GitHub Actions", "github", "", Map.of(), Instant.parse("2018-07-30T09:30:17Z"));

    public AppRecord {
        permissions = Collections.unmodifiableMap(new TreeMap<>(permissions));
    }

    /** The other way by which an App names itself. */
    public String clientId() {
        return "Iv1." + Long.toHexString(0x1000_0000_0000_0000L | id);
    }
}
