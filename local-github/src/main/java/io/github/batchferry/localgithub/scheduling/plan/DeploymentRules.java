package io.github.batchferry.localgithub.scheduling.plan;

import io.github.batchferry.localgithub.store.EnvironmentRecord;
import java.util.Optional;
import java.util.Set;

/**
 * Which branches and tags may be deployed to an environment. Patterns are for branches; those that begin with
 * {@code refs/tags/} are for tags.
 *
 * @param environment whose rules they are
 * @param protectedBranches names of the repository's protected branches
 */
public record DeploymentRules(EnvironmentRecord environment, Set<String> protectedBranches) {
    private static final String BRANCHES = "refs/heads/";
    private static final String TAGS = "refs/tags/";

    /** Why a ref may not be deployed, in GitHub's words; empty if it may. */
    public Optional<String> refusal(String fullRef) {
        boolean tag = fullRef.startsWith(TAGS);
        String name = fullRef.substring(tag ? TAGS.length() : BRANCHES.length());
        return allows(tag, name)
                ? Optional.empty()
                : Optional.of((tag ? "Tag" : "Branch") + " \"" + name + "\" is not allowed to deploy to "
                        + environment.name() + " due to environment protection rules.");
    }

    private boolean allows(boolean tag, String name) {
        return switch (environment.branches()) {
            case ALL -> true;
            // as on GitHub, where nothing is protected the rule protects nothing
            case PROTECTED -> protectedBranches.isEmpty() || !tag && protectedBranches.contains(name);
            case SELECTED ->
                environment.patterns().stream()
                        .filter(pattern -> pattern.startsWith(TAGS) == tag)
                        .map(pattern -> new RefPattern(tag ? pattern.substring(TAGS.length()) : pattern))
                        .anyMatch(pattern -> pattern.matches(name));
        };
    }
}
