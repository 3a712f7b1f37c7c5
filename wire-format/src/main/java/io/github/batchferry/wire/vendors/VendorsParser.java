package io.github.batchferry.wire.vendors;

import io.github.batchferry.wire.config.YamlMap;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problems;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads {@code vendors.yaml}. Reports every mistake of the file at once; unknown keys are mistakes. Whether a kind exists is
 * left to the batch runner, which knows the adapters.
 */
public final class VendorsParser {
    private static final Set<String> KEYS =
            Set.of("name", "kind", "base_url", "key_env", "models", "max_concurrency", "max_attempts", "timeout");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern ENVIRONMENT_NAME = Pattern.compile("[A-Z_][A-Z0-9_]*");
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
        return new VendorConfig(
                name(entry),
                entry.requiredString("kind").orElse(""),
                baseUrl(entry),
                keyEnv(entry).<VendorAuth>map(VendorAuth.KeyEnv::new).orElseGet(VendorAuth.None::new),
                models(entry),
                VendorLimits.concurrency(
                        entry.integer("max_concurrency", 1, 10_000).orElse(DEFAULT_CONCURRENCY)),
                entry.integer("max_attempts", 1, 100).orElse(DEFAULT_ATTEMPTS),
                entry.duration("timeout").orElse(DEFAULT_TIMEOUT));
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

    private static Optional<URI> baseUrl(YamlMap entry) {
        Optional<String> text = entry.string("base_url");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text.get().replaceAll("/+$", ""));
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (web
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // reported below together with addresses that are not plain web addresses
        }
        entry.problem(
                "base_url",
                "expected an http or https address without user, query or fragment, found `" + text.get() + "`");
        return Optional.empty();
    }

    private static Optional<String> keyEnv(YamlMap entry) {
        Optional<String> name = entry.string("key_env");
        if (name.isPresent() && !ENVIRONMENT_NAME.matcher(name.get()).matches()) {
            entry.problem(
                    "key_env",
                    "expected the name of an environment variable such as OPENAI_API_KEY, never the key itself");
            return Optional.empty();
        }
        return name;
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
