package io.github.batchferry.localgithub.workflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of a workflow file. Whatever cannot be used is reported with its line and reading goes on. Scalars are taken
 * as they are written, so that the key {@code on} stays a text. Not thread-safe.
 */
final class YamlSection {
    private final WorkflowProblems problems;
    private final int line;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(int line, Node value) {}

    private YamlSection(WorkflowProblems problems, int line) {
        this.problems = problems;
        this.line = line;
    }

    /** Reads a node that must be a mapping; nothing at all counts as an empty one. */
    static YamlSection of(Node node, String what, WorkflowProblems problems) {
        YamlSection section = new YamlSection(problems, lineOf(node));
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(section::add);
        } else if (!isNull(node)) {
            problems.add(section.line, "`" + what + "` must be a mapping of keys to values");
        }
        return section;
    }

    private void add(NodeTuple tuple) {
        int at = lineOf(tuple.getKeyNode());
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.add(at, "a key must be a text");
        } else if (entries.putIfAbsent(key.getValue(), new Entry(at, tuple.getValueNode())) != null) {
            problems.add(at, "`" + key.getValue() + "` is already defined");
        }
    }

    /** Refuses every key outside a set. */
    void supportOnly(Set<String> supported) {
        entries.forEach((key, entry) -> {
            if (!supported.contains(key)) {
                problems.unsupported(entry.line, "`" + key + "`");
            }
        });
    }

    Set<String> keys() {
        return entries.keySet();
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    /** The line of a key, or of this mapping if it has no such key; counted from 1. */
    int line(String key) {
        Entry entry = entries.get(key);
        return entry == null ? line : entry.line;
    }

    /** The value of a key, which must be there. */
    Node node(String key) {
        return entries.get(key).value;
    }

    /** The mapping under a key; empty if the key is absent. */
    YamlSection section(String key) {
        return has(key) ? of(node(key), key, problems) : new YamlSection(problems, line);
    }

    /** A scalar as it is written; empty if the key is absent or, with a problem, if it is something else. */
    Optional<String> text(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        if (node(key) instanceof ScalarNode scalar) {
            return Optional.of(isNull(scalar) ? "" : scalar.getValue());
        }
        problems.add(line(key), "`" + key + "` must be a text");
        return Optional.empty();
    }

    /** {@code true} or {@code false}; false if the key is absent. */
    boolean flag(String key) {
        String text = text(key).orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            problems.add(line(key), "`" + key + "` must be true or false; expressions are not supported here");
        }
        return text.equals("true");
    }

    /** A list of scalars, or a single one; empty if the key is absent. */
    List<String> texts(String key) {
        if (!has(key)) {
            return List.of();
        }
        if (node(key) instanceof SequenceNode list && list.getValue().stream().allMatch(ScalarNode.class::isInstance)) {
            return list.getValue().stream()
                    .map(node -> ((ScalarNode) node).getValue())
                    .toList();
        }
        return text(key).map(List::of).orElse(List.of());
    }

    static boolean isNull(Node node) {
        return node == null
                || node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    static int lineOf(Node node) {
        return node == null || node.getStartMark() == null
                ? 1
                : node.getStartMark().getLine() + 1;
    }
}
