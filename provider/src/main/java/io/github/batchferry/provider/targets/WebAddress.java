package io.github.batchferry.provider.targets;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Addresses of servers as users write them in settings. */
public final class WebAddress {
    /** The accepted form, for messages. */
    public static final String EXPECTED = "an http or https address without user, query or fragment";

    private WebAddress() {}

    /** The address without slashes at its end, or empty if it is not {@link #EXPECTED}. */
    public static Optional<URI> parse(String text) {
        try {
            URI uri = new URI(text.replaceAll("/+$", ""));
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            boolean plain = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            return Optional.of(uri).filter(u -> web && plain && u.getHost() != null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether an address names this machine, by its name alone; nothing is looked up. */
    public static boolean isLoopback(URI address) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("[::1]")
                || host.matches("127(\\.[0-9]{1,3}){3}");
    }
}
