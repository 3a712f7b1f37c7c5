package io.github.batchferry.localgithub.workflow;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a job's token may do in its own repository.
 *
 * @param granted access per scope; a scope that is not named is not granted
 */
public record Permissions(Map<String, Access> granted) {
    /** How far a scope may be used; each includes the ones before it. */
    public enum Access {
        NONE,
        READ,
        WRITE
    }

    /** The scopes a workflow may name. */
    public static final Set<String> SCOPES = Set.of(
            "actions",
            "artifact-metadata",
            "attestations",
            "checks",
            "contents",
            "deployments",
            "discussions",
            "id-token",
            "issues",
            "models",
            "packages",
            "pages",
            "pull-requests",
            "repository-projects",
            "security-events",
            "statuses");

    public Permissions {
        granted = Map.copyOf(granted);
    }

    /** The same access to everything. */
    public static Permissions all(Access access) {
        return new Permissions(SCOPES.stream().collect(Collectors.toMap(scope -> scope, scope -> access)));
    }

    /** Whether a scope may be used this far. */
    public boolean allow(String scope, Access access) {
        return granted.getOrDefault(scope, Access.NONE).compareTo(access) >= 0;
    }
}
