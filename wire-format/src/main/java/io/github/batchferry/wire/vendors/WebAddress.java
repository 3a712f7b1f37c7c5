package io.github.batchferry.wire.vendors;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads addresses of servers to which paths are appended and secrets sent. */
final class WebAddress {
    /** No dots alone, no percent signs: what is appended must stay below. */
    private static final Pattern PATH = Pattern.compile("(?!.*/\\.{1,2}(/|$))[A-Za-z0-9._~:@/-]{0,1000}");

    private WebAddress() {}

    /** An http or https address without user, query and fragment, and without slashes at its end; else empty. */
    static Optional<URI> parse(String text) {
        try {
            URI uri = new URI(text.replaceAll("/+$", ""));
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            boolean plain = web
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && PATH.matcher(uri.getRawPath()).matches();
            return plain ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
