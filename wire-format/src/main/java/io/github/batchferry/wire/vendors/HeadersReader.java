package io.github.batchferry.wire.vendors;

import io.github.batchferry.wire.config.YamlMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code headers:} of a vendor: fixed headers that are sent with every call. None of them may carry a secret. */
final class HeadersReader {
    /** A token of RFC 9110, section 5.6.2. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,998}[\\x21-\\x7e])?");
    private static final Set<String> OURS = Set.of(
            "accept",
            "accept-encoding",
            "anthropic-version",
            "connection",
            "expect",
            "host",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");
    private static final Set<String> SECRET =
            Set.of("api-key", "authorization", "cookie", "x-api-key", "x-goog-api-key");

    private HeadersReader() {}

    static Map<String, String> of(YamlMap vendor) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        vendor.map(VendorSettings.HEADERS).ifPresent(map -> map.keys().forEach(name -> read(map, name, headers)));
        return headers;
    }

    private static void read(YamlMap map, String name, Map<String, String> headers) {
        refusal(name).ifPresent(message -> map.problem(name, message));
        Optional<String> value = map.string(name);
        if (value.isPresent() && !VALUE.matcher(value.get()).matches()) {
            map.problem(name, "expected at most 1,000 printable ASCII characters without space around them");
        }
        if (value.isPresent() && headers.put(name, value.get()) != null) {
            map.problem(name, "the header appears twice; upper and lower case do not matter");
        }
    }

    private static Optional<String> refusal(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (SECRET.contains(lower) || lower.startsWith("proxy-")) {
            return Optional.of("headers are no place for secrets; name the variable that holds the key with key_env");
        }
        if (lower.equals("anthropic-version")) {
            return Optional.of("is set by the key anthropic_version");
        }
        if (OURS.contains(lower) || lower.startsWith("content-")) {
            return Optional.of("is set by the batch runner itself");
        }
        return NAME.matcher(name).matches() ? Optional.empty() : Optional.of("is not the name of an HTTP header");
    }
}
