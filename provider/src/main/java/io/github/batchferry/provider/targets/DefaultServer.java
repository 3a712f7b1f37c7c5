package io.github.batchferry.provider.targets;

import io.github.batchferry.github.GitHubHost;
import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** The GitHub of targets that name none. */
public final class DefaultServer {
    private DefaultServer() {}

    /**
     * That of {@code GH_HOST}; else, in a job of GitHub Actions, the one that runs the job ({@code GITHUB_API_URL},
     * {@code GITHUB_SERVER_URL}); else github.com.
     *
     * @throws InvalidInputException if a variable holds no host or address
     */
    public static GitHubServer of(Map<String, String> environment) throws InvalidInputException {
        String host = environment.getOrDefault("GH_HOST", "").strip();
        if (!host.isEmpty()) {
            return ofHost(host);
        }
        if (!"true".equals(environment.get("GITHUB_ACTIONS"))) {
            return GitHubServer.GITHUB_COM;
        }
        Optional<URI> api = address(environment, "GITHUB_API_URL");
        Optional<URI> web = address(environment, "GITHUB_SERVER_URL");
        if (api.isPresent() && web.isPresent()) {
            return new GitHubServer(api.get(), web.get());
        }
        return api.map(GitHubServer::ofApi).orElse(GitHubServer.GITHUB_COM);
    }

    private static GitHubServer ofHost(String host) throws InvalidInputException {
        try {
            return HostName.server(host).orElseGet(() -> new GitHubHost(host).server());
        } catch (IllegalArgumentException e) {
            throw InvalidInputException.of("environment variable GH_HOST", e.getMessage());
        }
    }

    private static Optional<URI> address(Map<String, String> environment, String variable)
            throws InvalidInputException {
        String text = environment.getOrDefault(variable, "").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<URI> address = WebAddress.parse(text);
        if (address.isEmpty()) {
            throw InvalidInputException.of(
                    "environment variable " + variable, "expected " + WebAddress.EXPECTED + ", found `" + text + "`");
        }
        if (!"https".equals(address.get().getScheme()) && !WebAddress.isLoopback(address.get())) {
            throw InvalidInputException.of(
                    "environment variable " + variable,
                    "expected https, the token would travel in the clear to `" + text + "`");
        }
        return address;
    }
}
