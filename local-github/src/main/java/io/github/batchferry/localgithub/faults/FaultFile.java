package io.github.batchferry.localgithub.faults;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads rules from a file, a list in YAML or JSON; {@code docs/local-github.md} describes it. */
public final class FaultFile {
    private FaultFile() {}

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException with every problem and its line, if the file cannot be used
     */
    public static List<FaultRule> read(Path file) throws IOException {
        List<String> problems = new ArrayList<>();
        List<FaultRule> rules = read(Files.readString(file), problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.stream()
                    .map(problem -> file + ":" + problem)
                    .reduce((first, second) -> first + "\n" + second)
                    .orElseThrow());
        }
        return rules;
    }

    static List<FaultRule> read(String text, List<String> problems) {
        List<FaultRule> rules = new ArrayList<>();
        try {
            Node top = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
            if (!(top instanceof SequenceNode list)) {
                problems.add("1: expected a list of faults");
                return rules;
            }
            for (Node node : list.getValue()) {
                new FaultEntry(node, problems).rule().ifPresent(rules::add);
            }
        } catch (YAMLException e) {
            problems.add("1: cannot read this as YAML: " + e.getMessage().replace("\n", " "));
        }
        return rules;
    }
}
