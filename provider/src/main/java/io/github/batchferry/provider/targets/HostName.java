package io.github.batchferry.provider.targets;

import io.github.batchferry.github.GitHubHost;
import io.github.batchferry.github.GitHubServer;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of GitHub hosts as users write them: {@code github.com}, {@code acme.ghe.com}, {@code github.example.com}. */
final class HostName {
    /** The accepted form, for messages. */
    static final String EXPECTED = "a host such as github.com, acme.ghe.com or github.example.com:8443";

    private static final Pattern FORM =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?");

    private HostName() {}

    /**
     * The GitHub on a host, see {@link GitHubHost#server()}. A host of this machine is spoken to over plain http.
     *
     * @return empty if the text is not {@link #EXPECTED}
     */
    static Optional<GitHubServer> server(String text) {
        String host = text.toLowerCase(Locale.ROOT);
        if (!FORM.matcher(host).matches()) {
            return Optional.empty();
        }
        URI plain = URI.create("http://" + host);
        return Optional.of(WebAddress.isLoopback(plain) ? GitHubServer.ofApi(plain) : new GitHubHost(host).server());
    }
}
