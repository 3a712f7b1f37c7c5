package io.github.batchferry.github;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A host of GitHub, named as {@code gh} names it: in lower case, and all of {@code github.com} by that name.
 *
 * @param name such as {@code github.com}, {@code acme.ghe.com} or {@code github.example.com}; with a port where it has one
 */
public record GitHubHost(String name) {
    private static final Pattern FORM =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\\[[0-9a-f:]+])(?::\\d{1,5})?");
    private static final String GITHUB_COM = "github.com";
    private static final String LOCALHOST = "github.localhost";
    private static final String TENANTS = ".ghe.com";

    /** @throws IllegalArgumentException if it cannot be a host */
    public GitHubHost {
        name = normal(name.toLowerCase(Locale.ROOT));
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "expected a host such as github.com or github.example.com, found `" + name + "`");
        }
    }

    private static String normal(String host) {
        if (host.startsWith("api.") && host.endsWith(TENANTS)) {
            return host.substring("api.".length());
        }
        for (String whole : new String[] {GITHUB_COM, LOCALHOST}) {
            if (host.endsWith("." + whole)) {
                return whole;
            }
        }
        return host;
    }

    /** The host of a server's pages. */
    public static GitHubHost of(GitHubServer server) {
        return new GitHubHost(server.webUrl().getHost());
    }

    /** Whether its tokens are those of github.com, its tenants or the developers' own, rather than of a GHES. */
    public boolean isGitHubCom() {
        return name.equals(GITHUB_COM) || name.equals(LOCALHOST) || name.endsWith(TENANTS);
    }

    /** The server at this host, by the addresses that GitHub gives each kind. */
    public GitHubServer server() {
        if (name.equals(LOCALHOST)) {
            return GitHubServer.ofApi(URI.create("http://api." + name));
        }
        return GitHubServer.ofApi(URI.create(isGitHubCom() ? "https://api." + name : "https://" + name + "/api/v3"));
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
