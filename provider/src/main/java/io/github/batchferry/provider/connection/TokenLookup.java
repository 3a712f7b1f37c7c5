package io.github.batchferry.provider.connection;

import io.github.batchferry.github.AccessToken;
import io.github.batchferry.github.GitHubHost;
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
    private static final List<String> CODESPACE_VARIABLES =
            List.of("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN", "GITHUB_TOKEN");

    private final Map<String, String> environment;
    private final List<HostTokens> logins;

    TokenLookup(Map<String, String> environment, List<HostTokens> logins) {
        this.environment = Map.copyOf(environment);
        this.logins = List.copyOf(logins);
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
        List<String> variables = variables(GitHubHost.of(target.server()));
        for (String variable : variables) {
            Optional<FoundToken> token = fromVariable(variable);
            if (token.isPresent()) {
                return token.get();
            }
        }
        for (HostTokens login : logins) {
            Optional<String> token = login.token(loginHost(web));
            if (token.isPresent()) {
                return token(login.origin(), token.get());
            }
        }
        throw missing(advice(web, variables, target.name()));
    }

    /** As {@code gh}: a codespace knows the token of its own host by the name that jobs give to theirs. */
    private List<String> variables(GitHubHost host) {
        if (host.isGitHubCom()) {
            return GITHUB_VARIABLES;
        }
        return "true".equals(environment.get("CODESPACES")) ? CODESPACE_VARIABLES : ENTERPRISE_VARIABLES;
    }

    /** Many servers may share this machine, so here a login is one for a port. */
    private static String loginHost(URI web) {
        return WebAddress.isLoopback(web) && web.getPort() >= 0
                ? host(web) + ":" + web.getPort()
                : new GitHubHost(host(web)).name();
    }

    private static String advice(URI web, List<String> variables, String target) {
        String host = host(web);
        if (WebAddress.isLoopback(web)) {
            return "no token for " + host + "; name a variable that holds it with token_env in target `" + target
                    + "`, or set " + variables.get(0);
        }
        return "no token for " + host + "; set " + String.join(" or ", variables) + ", or log in with: gh auth login"
                + (host.equals("github.com") ? "" : " --hostname " + host);
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
}
