package io.github.batchferry.wire.vendors;

import io.github.batchferry.wire.config.NearestName;
import io.github.batchferry.wire.config.YamlMap;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads how a vendor is told who asks: {@code key_env}, {@code token_env} or {@code oidc}, at most one of them. */
final class AuthReader {
    static final List<String> KEYS = List.of("key_env", "token_env", "oidc");

    private static final List<String> OIDC_KEYS = List.of("exchange", "audience", "token_url");
    private static final Pattern VARIABLE = Pattern.compile("[A-Z_][A-Z0-9_]*");
    private static final Pattern ID = Pattern.compile("\\$[A-Z_][A-Z0-9_]*|[A-Za-z0-9][A-Za-z0-9._:/@-]{0,254}");

    private AuthReader() {}

    static VendorAuth of(YamlMap vendor) {
        List<String> named = KEYS.stream().filter(vendor::has).toList();
        if (named.size() > 1) {
            vendor.problem(named.get(1), "stands beside " + named.get(0) + "; a vendor is asked in one way only");
        }
        Optional<String> key = variable(vendor, "key_env");
        Optional<String> token = variable(vendor, "token_env");
        Optional<VendorAuth> oidc = vendor.map("oidc").flatMap(AuthReader::oidc);
        return key.<VendorAuth>map(VendorAuth.KeyEnv::new)
                .or(() -> token.map(VendorAuth.TokenEnv::new))
                .or(() -> oidc)
                .orElseGet(VendorAuth.None::new);
    }

    private static Optional<String> variable(YamlMap vendor, String key) {
        Optional<String> name = vendor.string(key);
        if (name.isPresent() && !VARIABLE.matcher(name.get()).matches()) {
            vendor.problem(
                    key, "expected the name of an environment variable such as OPENAI_API_KEY, never the key itself");
            return Optional.empty();
        }
        return name;
    }

    private static Optional<VendorAuth> oidc(YamlMap oidc) {
        Optional<String> word = oidc.requiredString("exchange");
        Optional<OidcExchange> exchange = word.flatMap(OidcExchange::of);
        if (word.isPresent() && exchange.isEmpty()) {
            oidc.problem(
                    "exchange",
                    "unknown exchange `" + word.get() + "`" + NearestName.suggestion(word.get(), OidcExchange.words())
                            + "; expected one of " + String.join(", ", OidcExchange.words()));
        }
        return exchange.map(known -> new VendorAuth.Oidc(
                known,
                audience(oidc, known),
                ids(oidc, known),
                oidc.string("token_url").flatMap(t -> tokenUrl(oidc, t))));
    }

    private static String audience(YamlMap oidc, OidcExchange exchange) {
        String audience = oidc.string("audience").orElse(exchange.audience());
        if (!audience.matches("[\\x21-\\x7e]{1,255}")) {
            oidc.problem("audience", "expected at most 255 printable ASCII characters without spaces");
        }
        return audience;
    }

    private static Map<String, String> ids(YamlMap oidc, OidcExchange exchange) {
        List<String> known = new ArrayList<>(exchange.requiredIds());
        known.addAll(exchange.optionalIds());
        Set<String> keys = new HashSet<>(known);
        keys.addAll(OIDC_KEYS);
        oidc.allowOnly(keys);
        Map<String, String> ids = new TreeMap<>();
        for (String key : known) {
            Optional<String> id = exchange.requiredIds().contains(key) ? oidc.requiredString(key) : oidc.string(key);
            id.ifPresent(value -> ids.put(key, value));
            if (id.isPresent() && !ID.matcher(id.get()).matches()) {
                oidc.problem(
                        key, "expected an id as the vendor shows it, or $NAME for that of an environment variable");
            }
        }
        return ids;
    }

    private static Optional<URI> tokenUrl(YamlMap oidc, String text) {
        Optional<URI> address = WebAddress.parse(text);
        boolean safe = address.filter(uri -> uri.getScheme().equals("https") || HostKind.of(uri) == HostKind.LOOPBACK)
                .isPresent();
        if (!safe) {
            oidc.problem(
                    "token_url",
                    "expected an https address without user, query or fragment, found `" + text
                            + "`: whoever is sent the job's identity could act as the job");
        }
        return safe ? address : Optional.empty();
    }
}
