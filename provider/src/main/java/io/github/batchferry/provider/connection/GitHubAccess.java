package io.github.batchferry.provider.connection;

import io.github.batchferry.git.GitExchanges;
import io.github.batchferry.git.GitNetwork;
import io.github.batchferry.github.ApiNetwork;
import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.github.InstallationTokens;
import io.github.batchferry.github.TokenSource;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.provider.targets.WebAddress;
import java.net.ProxySelector;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the GitHub of a target is reached: with which token, over which proxies, and who hears of it. Thread-safe. */
public final class GitHubAccess {
    private static final Duration GIT_TIMEOUT = Duration.ofMinutes(2);

    private final Map<String, String> environment;
    private final Clock clock;
    private final Optional<ApiTrace> trace;
    private final TokenLookup lookup;
    private final AppLogin apps;

    // Mutable state
    private final Map<Target, TokenSource> sources = new HashMap<>();

    /**
     * @param environment where tokens and proxies are looked for
     * @param clock tells when the token of an App ends
     * @param trace hears of every exchange
     */
    public GitHubAccess(Map<String, String> environment, Clock clock, Optional<ApiTrace> trace) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.trace = trace;
        this.lookup = new TokenLookup(environment, List.of(new GhLogin(environment), new HostsFile(environment)));
        this.apps = new AppLogin(environment);
    }

    /**
     * Where the token of a target comes from; asked again, the same. No App is asked for one yet.
     *
     * @throws ConnectionFailedException if there is no token and no key of an App, or none that can be used, with what to set
     */
    public synchronized TokenSource tokens(Target.GitHubActions target) throws ConnectionFailedException {
        TokenSource known = sources.get(target);
        if (known != null) {
            return known;
        }
        TokenSource found = find(target);
        sources.put(target, found);
        return found;
    }

    private TokenSource find(Target.GitHubActions target) throws ConnectionFailedException {
        if (target.app().isPresent()) {
            return new InstallationTokens(
                    target.server(), target.repository(), apps.app(target.app().get()), clock, api(target.server()));
        }
        FoundToken found = lookup.find(target);
        return TokenSource.of(found.token(), found.origin());
    }

    /**
     * The way to the API of a server.
     *
     * @throws ConnectionFailedException if a variable names a proxy that cannot be used
     */
    public ApiNetwork api(GitHubServer server) throws ConnectionFailedException {
        ApiNetwork network = ApiNetwork.usual().over(proxies(server));
        return trace.map(network::heardBy).orElse(network);
    }

    /**
     * The way to the git of a server.
     *
     * @throws ConnectionFailedException if a variable names a proxy that cannot be used
     */
    public GitNetwork git(GitHubServer server) throws ConnectionFailedException {
        GitExchanges heard = trace.map(GitExchanges.class::cast).orElse((method, address, status, took) -> {});
        return new GitNetwork(GIT_TIMEOUT, proxies(server), heard);
    }

    /** What is wrong with a proxy is no matter to those who stay on this machine. */
    private ProxySelector proxies(GitHubServer server) throws ConnectionFailedException {
        boolean here = WebAddress.isLoopback(server.apiUrl()) && WebAddress.isLoopback(server.webUrl());
        return here ? ProxySelector.of(null) : ProxyVariables.of(environment);
    }
}
