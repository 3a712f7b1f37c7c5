package io.github.batchferry.wire.vendors;

import io.github.batchferry.wire.config.YamlMap;
import java.net.URI;
import java.util.Optional;

/** Reads {@code base_url} and holds it against what is sent there. */
final class AddressReader {
    static final String BASE_URL = "base_url";
    static final String ALLOW_HTTP = "allow_http";

    private AddressReader() {}

    static Optional<URI> of(YamlMap vendor, VendorAuth auth) {
        boolean httpAllowed = vendor.bool(ALLOW_HTTP).orElse(false);
        Optional<String> text = vendor.string(BASE_URL);
        Optional<URI> address = text.flatMap(WebAddress::parse);
        if (text.isPresent() && address.isEmpty()) {
            vendor.problem(
                    BASE_URL,
                    "expected an http or https address without user, query or fragment, found `" + text.get() + "`");
        }
        address.ifPresent(uri -> requireFit(vendor, uri, auth, httpAllowed));
        return address;
    }

    private static void requireFit(YamlMap vendor, URI address, VendorAuth auth, boolean httpAllowed) {
        if (auth instanceof VendorAuth.Oidc oidc) {
            if (!oidc.exchange().mayBeSentTo(address)) {
                vendor.problem(BASE_URL, mismatch(oidc.exchange(), address));
            }
        } else if (!(auth instanceof VendorAuth.None) && isInTheClear(address) && !httpAllowed) {
            vendor.problem(
                    BASE_URL,
                    "the key would cross a public network unencrypted: use https, or, where `" + address.getHost()
                            + "` is reached by a private network only, set " + ALLOW_HTTP + ": true");
        }
    }

    private static boolean isInTheClear(URI address) {
        return address.getScheme().equals("http") && HostKind.of(address) == HostKind.PUBLIC;
    }

    private static String mismatch(OidcExchange exchange, URI address) {
        return "a token of the exchange `" + exchange.word() + "` is sent to " + exchange.expectedAddress()
                + " only, not to `" + address + "`";
    }
}
