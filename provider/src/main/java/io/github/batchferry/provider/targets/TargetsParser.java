package io.github.batchferry.provider.targets;

import io.github.batchferry.wire.config.NearestName;
import io.github.batchferry.wire.config.YamlMap;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads {@code targets.yaml} and reports every mistake of ours in it at once. What other tools wrote there is left alone:
 * their keys at the top, and their entries. Not thread-safe.
 */
final class TargetsParser {
    static final String GITHUB_ACTIONS = "github-actions";
    static final String LOCAL_GITHUB = "local-github";

    private static final Set<String> OUR_PROVIDERS = Set.of(GITHUB_ACTIONS, LOCAL_GITHUB);
    private static final String ROOT = "targets";

    /** An entry of another tool that stands for another entry and so has no provider of its own. */
    private static final String ALIAS = "use_target";

    private final Optional<Map<String, String>> environment;
    private final Predicate<String> wanted;

    private final Problems problems = new Problems();
    private final Set<String> names = new HashSet<>();
    private final List<Target> targets = new ArrayList<>();
    private final Map<String, String> foreign = new LinkedHashMap<>();

    private TargetsParser(Optional<Map<String, String>> environment, Predicate<String> wanted) {
        this.environment = environment;
        this.wanted = wanted;
    }

    /** The whole file, leaving open what its environment variables are. */
    static TargetsFile parse(String file, String text) throws InvalidInputException {
        TargetsParser parser = read(file, text, Optional.empty(), name -> true);
        List<String> ours = parser.targets.stream().map(Target::name).toList();
        return new TargetsFile(file, text, ours, parser.foreign);
    }

    /** Those targets of a file that are wanted by name, with the values of their environment variables. */
    static List<Target> resolve(String file, String text, Map<String, String> environment, Predicate<String> wanted)
            throws InvalidInputException {
        return read(file, text, Optional.of(environment), wanted).targets;
    }

    private static TargetsParser read(
            String file, String text, Optional<Map<String, String>> environment, Predicate<String> wanted)
            throws InvalidInputException {
        TargetsParser parser = new TargetsParser(environment, wanted);
        YamlMap.parse(file, text, parser.problems).ifPresent(parser::readRoot);
        parser.problems.throwIfAny();
        return parser;
    }

    private void readRoot(YamlMap root) {
        for (String key : root.keys()) {
            if (!key.equals(ROOT) && NearestName.of(key, Set.of(ROOT)).isPresent()) {
                root.problem(key, "unknown key; did you mean `" + ROOT + "`?");
            }
        }
        for (YamlMap entry : root.requiredMaps(ROOT)) {
            readEntry(entry);
        }
    }

    private void readEntry(YamlMap yaml) {
        if (!yaml.has("provider") && yaml.has(ALIAS)) {
            readForeign(yaml, ALIAS);
            return;
        }
        String provider = yaml.requiredString("provider").orElse("");
        if (OUR_PROVIDERS.contains(provider)) {
            readOurs(yaml, provider);
        } else if (!provider.isEmpty()) {
            readForeign(yaml, provider);
        }
    }

    private void readOurs(YamlMap yaml, String provider) {
        TargetEntry entry = new TargetEntry(yaml, environment);
        String name = entry.name();
        if (!name.isEmpty() && !names.add(name)) {
            yaml.problem("name", "target `" + name + "` is defined twice");
        }
        if (!wanted.test(name)) {
            return;
        }
        targets.add(provider.equals(GITHUB_ACTIONS) ? entry.gitHubActions(name) : entry.embedded(name));
        if (provider.equals(GITHUB_ACTIONS) && name.equals(Target.Embedded.STANDARD_NAME)) {
            yaml.problem("name", "`local` is the embedded GitHub; give this target another name");
        }
    }

    /** Other tools' entries stay untouched, but a provider of ours with a typo would go unnoticed among them. */
    private void readForeign(YamlMap yaml, String provider) {
        NearestName.of(provider, OUR_PROVIDERS)
                .ifPresent(ours ->
                        yaml.problem("provider", "unknown provider `" + provider + "`; did you mean `" + ours + "`?"));
        yaml.textIfAny("name").ifPresent(name -> foreign.put(name, provider));
    }
}
