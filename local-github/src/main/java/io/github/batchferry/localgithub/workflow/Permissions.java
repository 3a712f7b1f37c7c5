package io.github.batchferry.localgithub.workflow;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
            "code-quality",
            "contents",
            "copilot-requests",
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
            "statuses",
            "vulnerability-alerts");

    private static final Set<String> NEVER_READ = Set.of("id-token", "copilot-requests");
    private static final Set<String> NEVER_WRITTEN = Set.of("models", "vulnerability-alerts");

    public Permissions {
        granted = Map.copyOf(granted);
    }

    /** The same access to everything, as far as a scope has it. */
    public static Permissions all(Access access) {
        return new Permissions(SCOPES.stream().collect(Collectors.toMap(scope -> scope, scope -> most(scope, access))));
    }

    /** What a token may do where neither job nor workflow says it: write everything, but ask for no identity token. */
    public static Permissions usual() {
        return new Permissions(SCOPES.stream()
                .collect(Collectors.toMap(
                        scope -> scope,
                        scope -> NEVER_READ.contains(scope) ? Access.NONE : most(scope, Access.WRITE))));
    }

    /** The same in a repository whose tokens may only read unless a workflow says more. */
    public static Permissions restricted() {
        return new Permissions(Map.of("contents", Access.READ, "packages", Access.READ));
    }

    /** Whether a scope may be used this far. */
    public boolean allow(String scope, Access access) {
        return granted.getOrDefault(scope, Access.NONE).compareTo(access) >= 0;
    }

    /** What a workflow may say about a scope; nothing if there is no such scope. */
    static List<Access> possible(String scope) {
        return Stream.of(Access.READ, Access.WRITE, Access.NONE)
                .filter(access -> SCOPES.contains(scope))
                .filter(access -> access != Access.READ || !NEVER_READ.contains(scope))
                .filter(access -> access != Access.WRITE || !NEVER_WRITTEN.contains(scope))
                .toList();
    }

    private static Access most(String scope, Access wanted) {
        return possible(scope).stream()
                .filter(access -> access.compareTo(wanted) <= 0)
                .max(Access::compareTo)
                .orElse(Access.NONE);
    }
}
