package io.github.batchferry.provider.targets;

import io.github.batchferry.wire.problem.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code targets.yaml}. Such files are shared with other tools, so entries of other providers are kept by name only.
 *
 * @param file its name for messages
 * @param text what stands in it
 * @param names names of our targets in the order of the file, unique
 * @param foreign provider by name of the entries that are not ours
 */
public record TargetsFile(String file, String text, List<String> names, Map<String, String> foreign) {
    public TargetsFile {
        names = List.copyOf(names);
        foreign = Map.copyOf(foreign);
    }

    /**
     * Reads the text of a targets file. What environment variables stand for is left open.
     *
     * @param file name for messages
     * @throws InvalidInputException with every mistake of the file
     */
    public static TargetsFile parse(String file, String text) throws InvalidInputException {
        return TargetsParser.parse(file, text);
    }

    /**
     * Our target of a name.
     *
     * @param environment environment variables that its values may stand for
     * @throws InvalidInputException if a variable that this target needs is not set, or holds something else than expected
     */
    public Optional<Target> target(String name, Map<String, String> environment) throws InvalidInputException {
        return TargetsParser.resolve(file, text, environment, name::equals).stream()
                .findFirst();
    }

    /** Our target of a name, where no value of it is that of an environment variable. */
    public Optional<Target> target(String name) throws InvalidInputException {
        return target(name, Map.of());
    }

    /** All our targets in the order of the file, where no value of them is that of an environment variable. */
    public List<Target> targets() throws InvalidInputException {
        return TargetsParser.resolve(file, text, Map.of(), name -> true);
    }
}
