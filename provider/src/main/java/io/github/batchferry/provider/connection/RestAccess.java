package io.github.batchferry.provider.connection;

import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubRest;
import io.github.batchferry.github.TokenKind;
import io.github.batchferry.github.TokenSource;
import io.github.batchferry.provider.targets.Target;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * The whole REST API of a target's repository, with the token that its batches would be sent with.
 *
 * @param rest its API
 * @param origin where the token was found, such as {@code environment variable GH_TOKEN}
 * @param kind what kind of token it is
 */
public record RestAccess(GitHubRest rest, String origin, TokenKind kind) {
    /**
     * Finds the token of a target; that of a GitHub App is minted.
     *
     * @param trace hears of every exchange
     * @throws ConnectionFailedException if there is none, with what to set
     */
    public static RestAccess of(
            Target.GitHubActions target, Map<String, String> environment, Clock clock, Optional<ApiTrace> trace)
            throws ConnectionFailedException {
        GitHubAccess access = new GitHubAccess(environment, clock, trace);
        TokenSource tokens = access.tokens(target);
        return new RestAccess(
                new GitHubRest(target.server(), target.repository(), tokens, clock, access.api(target.server())),
                tokens.origin(),
                kind(tokens));
    }

    private static TokenKind kind(TokenSource tokens) throws ConnectionFailedException {
        try {
            return TokenKind.of(tokens.token());
        } catch (GitHubException e) {
            throw new ConnectionFailedException(e.getMessage(), true);
        }
    }
}
