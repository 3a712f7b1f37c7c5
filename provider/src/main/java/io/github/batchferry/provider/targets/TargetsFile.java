package io.github.batchferry.provider.targets;

import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code targets.yaml}. Such files are shared with other tools, so entries of other providers are kept by name only.
 *
 * @param file its name for messages
 * @param targets our targets in the order of the file, names unique
 * @param foreign provider by name of the entries that are not ours
 */
public record TargetsFile(String file, List<Target> targets, Map<String, String> foreign) {
    public TargetsFile {
        targets = List.copyOf(targets);
        foreign = Map.copyOf(foreign);
    }

    /**
     * Reads the text of a targets file.
     *
     * @param file name for messages
     * @throws InvalidInputException with every mistake of the file
     */
    public static TargetsFile parse(String file, String text) throws InvalidInputException {
        return parse(file, text, GitHubServer.GITHUB_COM);
    }

    /** @param standard the GitHub of targets that name none */
    static TargetsFile parse(String file, String text, GitHubServer standard) throws InvalidInputException {
        return TargetsParser.parse(file, text, standard);
    }

    /** Our target of a name. */
    public Optional<Target> target(String name) {
        return targets.stream().filter(target -> target.name().equals(name)).findFirst();
    }
}
