package io.github.batchferry.provider.connection;

import io.github.batchferry.github.AccessToken;
import io.github.batchferry.github.GitHubRest;
import io.github.batchferry.provider.targets.Target;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The whole REST API of a target's repository, with the token that its batches would be sent with.
 *
 * @param rest its API
 * @param origin where the token was found, such as {@code environment variable GH_TOKEN}
 * @param kind what kind of token it is, by its first letters
 */
public record RestAccess(GitHubRest rest, String origin, String kind) {
    private static final List<String> USUAL =
            List.of("GH_TOKEN", "GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN");

    private static final Map<String, String> KINDS = Map.of(
            "ghp_", "classic token",
            "github_pat_", "fine-grained token",
            "gho_", "token of an OAuth app",
            "ghs_", "token of an App or a job",
            "ghu_", "token of an App for a user");

    /**
     * Finds the token of a target; asks GitHub nothing.
     *
     * @throws ConnectionFailedException if there is none, with what to set
     */
    public static RestAccess of(Target.GitHubActions target, Map<String, String> environment, Clock clock)
            throws ConnectionFailedException {
        AccessToken token = new TokenLookup(environment, new GhLogin(environment)).find(target);
        return new RestAccess(
                new GitHubRest(target.server(), target.repository(), () -> token, clock),
                origin(target, environment, token),
                kind(token));
    }

    private static String origin(Target.GitHubActions target, Map<String, String> environment, AccessToken token) {
        return target.tokenEnv()
                .or(() -> USUAL.stream()
                        .filter(name ->
                                environment.getOrDefault(name, "").strip().equals(token.secret()))
                        .findFirst())
                .map(variable -> "environment variable " + variable)
                .orElse("gh auth token");
    }

    private static String kind(AccessToken token) {
        return KINDS.entrySet().stream()
                .filter(kind -> token.secret().startsWith(kind.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("token of an unknown kind");
    }
}
