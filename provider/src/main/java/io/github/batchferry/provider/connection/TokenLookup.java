package io.github.batchferry.provider.connection;

import io.github.batchferry.github.AccessToken;
import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.provider.targets.WebAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the token of a target the way {@code gh} does: the variable the target names, else the usual variables of its host,
 * else what {@code gh} is logged in with. A token meant for github.com is never taken for another host.
 */
final class TokenLookup {
    private static final List<String> GITHUB_VARIABLES = List.of("GH_TOKEN", "GITHUB_TOKEN");
    private static final List<String> ENTERPRISE_VARIABLES = List.of("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN");

    private final Map<String, String> environment;
    private final HostTokens logins;

    /** Tokens by host, from wherever the user is logged in. */
    @FunctionalInterface
    interface HostTokens {
        Optional<String> token(String host);
    }

    TokenLookup(Map<String, String> environment, HostTokens logins) {
        this.environment = Map.copyOf(environment);
        this.logins = logins;
    }

    /** @throws ConnectionFailedException if there is none, or not a usable one, with what to set */
    FoundToken find(Target.GitHubActions target) throws ConnectionFailedException {
        if (target.tokenEnv().isPresent()) {
            String variable = target.tokenEnv().get();
            return fromVariable(variable)
                    .orElseThrow(() -> missing("environment variable `" + variable + "`, the token_env of target `"
                            + target.name() + "`, is not set; put a token for "
                            + host(target.server().webUrl())
                            + " in it"));
        }
        return usual(target);
    }

    private FoundToken usual(Target.GitHubActions target) throws ConnectionFailedException {
        URI web = target.server().webUrl();
        String host = host(web);
        if (!GitHubServer.ofApi(target.server().apiUrl()).webUrl().equals(web)) {
            // what is meant for the host of the pages must not go to an API somewhere else
            throw missing("the API at " + target.server().apiUrl() + " is not that of " + host
                    + "; name a variable that holds a token for it with token_env in target `" + target.name() + "`");
        }
        List<String> variables = isGitHubCom(host) ? GITHUB_VARIABLES : ENTERPRISE_VARIABLES;
        for (String variable : variables) {
            Optional<FoundToken> token = fromVariable(variable);
            if (token.isPresent()) {
                return token.get();
            }
        }
        if (WebAddress.isLoopback(web)) {
            throw missing("no token for " + host + "; name a variable that holds it with token_env in target `"
                    + target.name() + "`, or set " + variables.get(0));
        }
        Optional<String> login = logins.token(host);
        if (login.isPresent()) {
            return token("gh auth token", login.get());
        }
        throw missing("no token for " + host + "; set " + String.join(" or ", variables)
                + ", or log in with: gh auth login" + (host.equals("github.com") ? "" : " --hostname " + host));
    }

    private Optional<FoundToken> fromVariable(String variable) throws ConnectionFailedException {
        String value = environment.getOrDefault(variable, "").strip();
        return value.isEmpty() ? Optional.empty() : Optional.of(token("environment variable " + variable, value));
    }

    private static FoundToken token(String origin, String value) throws ConnectionFailedException {
        try {
            return new FoundToken(new AccessToken(value), origin);
        } catch (IllegalArgumentException e) {
            throw missing("the token from " + origin + " cannot be one: it holds spaces or other odd characters");
        }
    }

    private static ConnectionFailedException missing(String message) {
        return new ConnectionFailedException(message, true);
    }

    private static String host(URI web) {
        return web.getHost().toLowerCase(Locale.ROOT);
    }

    private static boolean isGitHubCom(String host) {
        return host.equals("github.com") || host.endsWith(".github.com") || host.endsWith(".ghe.com");
    }
}
