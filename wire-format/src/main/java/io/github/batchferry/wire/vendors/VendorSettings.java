package io.github.batchferry.wire.vendors;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What only some kinds of vendors know; the batch runner refuses a setting that its kind does not know.
 *
 * @param apiVersion {@code api_version} of Azure OpenAI's dated API
 * @param anthropicVersion {@code anthropic_version}, a header of Anthropic's API
 * @param headers {@code headers}, sent with every call besides the adapter's own; values are no secrets
 */
public record VendorSettings(
        Optional<String> apiVersion, Optional<String> anthropicVersion, Map<String, String> headers) {
    /** Key of {@link #apiVersion}. */
    public static final String API_VERSION = "api_version";
    /** Key of {@link #anthropicVersion}. */
    public static final String ANTHROPIC_VERSION = "anthropic_version";
    /** Key of {@link #headers}. */
    public static final String HEADERS = "headers";
    /** No settings. */
    public static final VendorSettings NONE = new VendorSettings(Optional.empty(), Optional.empty(), Map.of());

    public VendorSettings {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        headers = Collections.unmodifiableMap(sorted);
    }

    /** Keys of those that are set. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        apiVersion.ifPresent(set -> names.add(API_VERSION));
        anthropicVersion.ifPresent(set -> names.add(ANTHROPIC_VERSION));
        if (!headers.isEmpty()) {
            names.add(HEADERS);
        }
        return names;
    }
}
