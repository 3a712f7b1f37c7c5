package io.github.batchferry.provider.connection;

import io.github.batchferry.git.GitAuthenticationException;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitToken;
import io.github.batchferry.github.AccessToken;
import io.github.batchferry.github.GitHubAuthenticationException;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.TokenSource;
import java.util.Optional;

/**
 * The API's token, for git too.
 *
 * @param tokens what both share
 */
record SharedToken(TokenSource tokens) implements GitToken {
    @Override
    public Optional<String> current() throws GitException {
        try {
            return Optional.of(tokens.token().secret());
        } catch (GitHubAuthenticationException e) {
            throw new GitAuthenticationException(e.getMessage());
        } catch (GitHubException e) {
            throw new GitException(e.getMessage(), e);
        }
    }

    @Override
    public boolean renew(String refused) {
        return tokens.renew(new AccessToken(refused));
    }

    @Override
    public Optional<String> origin() {
        return Optional.of(tokens.origin());
    }
}
