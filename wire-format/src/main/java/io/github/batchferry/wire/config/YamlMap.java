package io.github.batchferry.wire.config;

import io.github.batchferry.wire.problem.Problems;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A mapping of a YAML file, read strictly: whatever is missing, of another kind or unknown becomes a located
 * {@link io.github.batchferry.wire.problem.Problem} and reading goes on, so that one pass shows every mistake. Scalars are
 * taken as the text the author wrote; no YAML 1.1 guessing turns {@code on} into a boolean. Not thread-safe.
 */
public final class YamlMap {
    private final Source source;
    private final String path;
    private final long line;
    private final Map<String, Node> values;
    private final Map<String, Long> keyLines;

    private record Source(String file, Problems problems) {}

    private YamlMap(Source source, String path, MappingNode node) {
        this.source = source;
        this.path = path;
        this.line = lineOf(node);
        this.values = new LinkedHashMap<>();
        this.keyLines = new LinkedHashMap<>();
        for (NodeTuple entry : node.getValue()) {
            String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (values.putIfAbsent(key, entry.getValueNode()) != null) {
                source.problems.add(source.file, lineOf(entry.getKeyNode()), child(key), "the key appears twice");
            }
            keyLines.putIfAbsent(key, lineOf(entry.getKeyNode()));
        }
    }

    /**
     * Reads a whole file whose top level is a mapping.
     *
     * @param file name for messages
     * @return empty if there is no such mapping; why was added to the problems
     */
    public static Optional<YamlMap> parse(String file, String text, Problems problems) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(20);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            if (root instanceof MappingNode mapping) {
                return Optional.of(new YamlMap(new Source(file, problems), "$", mapping));
            }
            problems.add(file, root == null ? 0 : lineOf(root), "$", "expected a mapping of keys to values");
        } catch (MarkedYAMLException e) {
            long line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1L;
            problems.add(file, line, "", "not valid YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problems.add(file, 0, "", "not valid YAML: " + e.getMessage().strip());
        }
        return Optional.empty();
    }

    /** Path of this mapping in the file, such as {@code $.vendors[0]}. */
    public String path() {
        return path;
    }

    /** Adds a problem about a key of this mapping, at the key's line or, where it is missing, at the mapping's. */
    public void problem(String key, String message) {
        source.problems.add(source.file, keyLines.getOrDefault(key, line), child(key), message);
    }

    /** Whether the key stands in the file, whatever its value. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** Makes every key outside a set a problem, with the nearest known key as suggestion. */
    public void allowOnly(Set<String> known) {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                problem(key, "unknown key" + NearestName.suggestion(key, known));
            }
        }
    }

    /** A text; its absence is a problem. */
    public Optional<String> requiredString(String key) {
        if (!has(key)) {
            problem(key, "missing");
        }
        return string(key);
    }

    /** A text, or empty if the key is absent or, with a problem, of another kind. */
    public Optional<String> string(String key) {
        Node node = values.get(key);
        if (node == null) {
            return Optional.empty();
        }
        if (node instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
            return Optional.of(scalar.getValue());
        }
        problem(key, "expected a text");
        return Optional.empty();
    }

    /** A text of somebody else's entry: whatever else stands there is no problem. */
    public Optional<String> textIfAny(String key) {
        return Optional.ofNullable(values.get(key))
                .filter(ScalarNode.class::isInstance)
                .map(node -> ((ScalarNode) node).getValue())
                .filter(text -> !text.isEmpty());
    }

    /** {@code true} or {@code false}. */
    public Optional<Boolean> bool(String key) {
        Optional<String> text = string(key);
        if (text.isPresent() && !Set.of("true", "false").contains(text.get())) {
            problem(key, "expected true or false, found `" + text.get() + "`");
            return Optional.empty();
        }
        return text.map(Boolean::parseBoolean);
    }

    /** A whole number within bounds, both included. */
    public OptionalInt integer(String key, int min, int max) {
        Optional<String> text = string(key);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= min && number <= max) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException e) {
            // reported below together with numbers out of bounds
        }
        problem(key, "expected a whole number from " + min + " to " + max + ", found `" + text.get() + "`");
        return OptionalInt.empty();
    }

    /** A duration in the form of {@link DurationText}. */
    public Optional<Duration> duration(String key) {
        Optional<String> text = string(key);
        Optional<Duration> duration = text.flatMap(DurationText::parse);
        if (text.isPresent() && duration.isEmpty()) {
            problem(key, "expected " + DurationText.EXPECTED + ", found `" + text.get() + "`");
        }
        return duration;
    }

    /** A list of texts, or empty if the key is absent. */
    public Optional<List<String>> strings(String key) {
        Node node = values.get(key);
        if (node == null) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                if (item instanceof ScalarNode scalar) {
                    texts.add(scalar.getValue());
                } else {
                    source.problems.add(source.file, lineOf(item), child(key), "expected a text in the list");
                }
            }
            return Optional.of(List.copyOf(texts));
        }
        problem(key, "expected a list of texts");
        return Optional.empty();
    }

    /** A list of mappings; absent or of another kind gives an empty list and, if the key must be there, a problem. */
    public List<YamlMap> requiredMaps(String key) {
        Node node = values.get(key);
        if (!(node instanceof SequenceNode sequence)) {
            problem(key, node == null ? "missing, expected a list" : "expected a list");
            return List.of();
        }
        List<YamlMap> maps = new ArrayList<>();
        for (int i = 0; i < sequence.getValue().size(); i++) {
            Node item = sequence.getValue().get(i);
            String itemPath = child(key) + "[" + i + "]";
            if (item instanceof MappingNode mapping) {
                maps.add(new YamlMap(source, itemPath, mapping));
            } else {
                source.problems.add(source.file, lineOf(item), itemPath, "expected a mapping of keys to values");
            }
        }
        return maps;
    }

    /** A mapping, or empty if the key is absent or, with a problem, of another kind. */
    public Optional<YamlMap> map(String key) {
        Node node = values.get(key);
        if (node instanceof MappingNode mapping) {
            return Optional.of(new YamlMap(source, child(key), mapping));
        }
        if (node != null) {
            problem(key, "expected a mapping of keys to values");
        }
        return Optional.empty();
    }

    /** The keys of this mapping, in the order of the file. */
    public Set<String> keys() {
        return Collections.unmodifiableSet(values.keySet());
    }

    private String child(String key) {
        return path + "." + key;
    }

    private static long lineOf(Node node) {
        return node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1L;
    }
}
