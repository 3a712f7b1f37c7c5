package io.github.batchferry.wire.vendors;

import io.github.batchferry.wire.config.YamlMap;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads {@code vendors.yaml}. Reports every mistake of the file at once; unknown keys are mistakes. Whether a kind exists is
 * left to the batch runner, which knows the adapters.
 */
public final class VendorsParser {
    static final Set<String> KEYS = Set.of(
            "name",
            "kind",
            AddressReader.BASE_URL,
            AddressReader.ALLOW_HTTP,
            "key_env",
            "token_env",
            "oidc",
            "models",
            "rpm",
            "tpm",
            "max_concurrency",
            "max_attempts",
            "timeout",
            VendorSettings.API_VERSION,
            VendorSettings.ANTHROPIC_VERSION,
            VendorSettings.HEADERS);
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,63}");
    private static final int MOST_REQUESTS = 10_000_000;
    private static final int MOST_TOKENS = 2_000_000_000;
    private static final int LONGEST_TIMEOUT_HOURS = 6;
    private static final int DEFAULT_CONCURRENCY = 8;
    private static final int DEFAULT_ATTEMPTS = 5;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

    private final Problems problems = new Problems();
    private final Set<String> names = new HashSet<>();

    private VendorsParser() {}

    /**
     * Reads the text of a vendors file.
     *
     * @param file name for messages
     * @throws InvalidInputException with every mistake of the file
     */
    public static VendorsFile parse(String file, String text) throws InvalidInputException {
        VendorsParser parser = new VendorsParser();
        List<VendorConfig> vendors =
                YamlMap.parse(file, text, parser.problems).map(parser::vendors).orElse(List.of());
        parser.problems.throwIfAny();
        return new VendorsFile(vendors);
    }

    private List<VendorConfig> vendors(YamlMap root) {
        root.allowOnly(Set.of("vendors"));
        List<YamlMap> entries = root.requiredMaps("vendors");
        if (root.has("vendors") && entries.isEmpty()) {
            root.problem("vendors", "names no vendor");
        }
        List<VendorConfig> vendors = new ArrayList<>();
        for (YamlMap entry : entries) {
            vendors.add(vendor(entry));
        }
        return vendors;
    }

    private VendorConfig vendor(YamlMap entry) {
        entry.allowOnly(KEYS);
        String name = name(entry);
        String kind = entry.requiredString("kind").orElse("");
        VendorAuth auth = AuthReader.of(entry);
        return new VendorConfig(
                name,
                kind,
                AddressReader.of(entry, auth),
                auth,
                models(entry),
                limits(entry),
                entry.integer("max_attempts", 1, 100).orElse(DEFAULT_ATTEMPTS),
                timeout(entry),
                settings(entry));
    }

    private String name(YamlMap entry) {
        String name = entry.requiredString("name").orElse("");
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            entry.problem("name", "expected lower-case letters, digits and hyphens, found `" + name + "`");
        }
        if (!name.isEmpty() && !names.add(name)) {
            entry.problem("name", "vendor `" + name + "` is defined twice");
        }
        return name;
    }

    private static VendorLimits limits(YamlMap entry) {
        OptionalInt tokens = entry.integer("tpm", 1, MOST_TOKENS);
        return new VendorLimits(
                entry.integer("max_concurrency", 1, 10_000).orElse(DEFAULT_CONCURRENCY),
                entry.integer("rpm", 1, MOST_REQUESTS),
                tokens.isPresent() ? OptionalLong.of(tokens.getAsInt()) : OptionalLong.empty());
    }

    private static Duration timeout(YamlMap entry) {
        Duration timeout = entry.duration("timeout").orElse(DEFAULT_TIMEOUT);
        if (timeout.isZero() || timeout.compareTo(Duration.ofHours(LONGEST_TIMEOUT_HOURS)) > 0) {
            entry.problem("timeout", "expected more than nothing and at most " + LONGEST_TIMEOUT_HOURS + "h");
        }
        return timeout;
    }

    private static VendorSettings settings(YamlMap entry) {
        return new VendorSettings(
                version(entry, VendorSettings.API_VERSION),
                version(entry, VendorSettings.ANTHROPIC_VERSION),
                HeadersReader.of(entry));
    }

    private static Optional<String> version(YamlMap entry, String key) {
        Optional<String> version = entry.string(key);
        if (version.isPresent() && !VERSION.matcher(version.get()).matches()) {
            entry.problem(key, "expected a version such as 2024-10-21, found `" + version.get() + "`");
        }
        return version;
    }

    private static List<ModelGlob> models(YamlMap entry) {
        Optional<List<String>> globs = entry.strings("models");
        if (globs.isPresent() && globs.get().isEmpty()) {
            entry.problem("models", "allows no model; name some, or \"*\" for all");
        }
        if (!entry.has("models")) {
            entry.problem("models", "missing, expected a list of models that may be asked for, or [\"*\"] for all");
        }
        return globs.orElse(List.of()).stream().map(ModelGlob::new).toList();
    }
}
