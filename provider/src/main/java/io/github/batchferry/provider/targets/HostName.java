package io.github.batchferry.provider.targets;

import io.github.batchferry.github.GitHubServer;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of GitHub hosts as users write them: {@code github.com}, {@code acme.ghe.com}, {@code github.example.com}. */
final class HostName {
    /** The accepted form, for messages. */
    static final String EXPECTED = "a host such as github.com, acme.ghe.com or github.example.com:8443";

    private static final String GITHUB_COM = "github.com";
    private static final String TENANTS = ".ghe.com";
    private static final Pattern FORM =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?");

    private HostName() {}

    /**
     * The GitHub on a host: {@code github.com}, a tenant of {@code ghe.com}, whose API has a host of its own, or else GitHub
     * Enterprise Server, whose API is at {@code /api/v3}. A host of this machine is spoken to over plain http.
     *
     * @return empty if the text is not {@link #EXPECTED}
     */
    static Optional<GitHubServer> server(String text) {
        String host = text.toLowerCase(Locale.ROOT);
        return FORM.matcher(host).matches() ? Optional.of(known(host)) : Optional.empty();
    }

    private static GitHubServer known(String host) {
        if (host.equals(GITHUB_COM) || host.endsWith("." + GITHUB_COM)) {
            return GitHubServer.GITHUB_COM;
        }
        if (host.endsWith(TENANTS)) {
            return GitHubServer.ofApi(URI.create("https://api." + host.replaceFirst("^api\\.", "")));
        }
        URI plain = URI.create("http://" + host);
        return GitHubServer.ofApi(WebAddress.isLoopback(plain) ? plain : URI.create("https://" + host + "/api/v3"));
    }
}
