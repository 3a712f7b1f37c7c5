package io.github.batchferry.provider.targets;

import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.wire.config.NearestName;
import io.github.batchferry.wire.config.YamlMap;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code targets.yaml} and reports every mistake of the file at once. Not thread-safe. */
final class TargetsParser {
    static final String GITHUB_ACTIONS = "github-actions";
    static final String LOCAL_GITHUB = "local-github";

    private static final Set<String> OUR_PROVIDERS = Set.of(GITHUB_ACTIONS, LOCAL_GITHUB);

    private final Problems problems = new Problems();
    private final Set<String> names = new HashSet<>();
    private final List<Target> targets = new ArrayList<>();
    private final Map<String, String> foreign = new LinkedHashMap<>();

    private final GitHubServer standard;

    private TargetsParser(GitHubServer standard) {
        this.standard = standard;
    }

    static TargetsFile parse(String file, String text, GitHubServer standard) throws InvalidInputException {
        TargetsParser parser = new TargetsParser(standard);
        YamlMap.parse(file, text, parser.problems).ifPresent(parser::readRoot);
        parser.problems.throwIfAny();
        return new TargetsFile(file, parser.targets, parser.foreign);
    }

    private void readRoot(YamlMap root) {
        root.allowOnly(Set.of("targets"));
        for (YamlMap entry : root.requiredMaps("targets")) {
            readEntry(new TargetEntry(entry, standard));
        }
    }

    private void readEntry(TargetEntry entry) {
        String name = entry.name();
        if (!name.isEmpty() && !names.add(name)) {
            entry.yaml().problem("name", "target `" + name + "` is defined twice");
        }
        String provider = entry.yaml().requiredString("provider").orElse("");
        switch (provider) {
            case "" -> {} // its absence is a problem already
            case GITHUB_ACTIONS -> targets.add(entry.gitHubActions());
            case LOCAL_GITHUB -> targets.add(entry.embedded());
            default -> readForeign(entry, name, provider);
        }
        if (provider.equals(GITHUB_ACTIONS) && name.equals(Target.Embedded.STANDARD_NAME)) {
            entry.yaml().problem("name", "`local` is the embedded GitHub; give this target another name");
        }
    }

    /** Other tools' entries stay untouched, but a provider of ours with a typo would go unnoticed among them. */
    private void readForeign(TargetEntry entry, String name, String provider) {
        NearestName.of(provider, OUR_PROVIDERS)
                .ifPresent(ours -> entry.yaml()
                        .problem("provider", "unknown provider `" + provider + "`; did you mean `" + ours + "`?"));
        foreign.put(name, provider);
    }
}
