package io.github.batchferry.localgithub.apps;

import java.time.Instant;
import java.util.List;

/**
 * An App on an account.
 *
 * @param id number that no other App or installation has
 * @param appId the App
 * @param owner login of the account
 * @param repositories names of the repositories it may use; empty for all of the account
 * @param createdAt when it was installed
 */
public record InstallationRecord(long id, long appId, String owner, List<String> repositories, Instant createdAt) {
    public InstallationRecord {
        repositories = List.copyOf(repositories);
    }

    /** Whether it may use a repository of its account. */
    public boolean covers(String repository) {
        return repositories.isEmpty() || repositories.contains(repository);
    }
}
