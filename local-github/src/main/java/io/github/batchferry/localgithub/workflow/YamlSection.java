package io.github.batchferry.localgithub.workflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of a file. Whatever cannot be used is reported with its line and reading goes on. Keys that differ in case
 * only are the same key twice, as on GitHub. Not thread-safe.
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

    /** Reads a node that must be a mapping. */
    static YamlSection of(Node node, String what, WorkflowProblems problems) {
        YamlSection section = new YamlSection(problems, lineOf(node));
        if (node instanceof MappingNode mapping) {
            Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            mapping.getValue().forEach(tuple -> section.add(tuple, seen));
        } else {
            problems.add(section.line, "`" + what + "` must be a mapping of keys to values");
        }
        return section;
    }

    private void add(NodeTuple tuple, Set<String> seen) {
        int at = lineOf(tuple.getKeyNode());
        if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
            problems.add(at, "a key must be a text");
            return;
        }
        String key = YamlScalar.text(scalar);
        if (key.equals("<<")) {
            problems.add(at, "cannot merge with `<<`, which GitHub does not know; repeat the keys");
        } else if (key.contains(Template.OPEN)) {
            problems.unsupported(at, "an expression as a key");
        } else if (!seen.add(key)) {
            problems.add(at, "`" + key + "` is already defined");
        } else {
            entries.put(key, new Entry(at, tuple.getValueNode()));
        }
    }

    Set<String> keys() {
        return entries.keySet();
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    boolean hasMapping(String key) {
        return has(key) && node(key) instanceof MappingNode;
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

    /** The mapping under a key; empty if the key is absent or has no value. */
    YamlSection sectionIfAny(String key) {
        return has(key) && isNull(node(key)) ? new YamlSection(problems, line(key)) : section(key);
    }

    /** A scalar; empty if the key is absent or, with a problem, if it is something else. */
    Optional<ScalarNode> scalar(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        if (node(key) instanceof ScalarNode scalar) {
            return Optional.of(scalar);
        }
        problems.add(line(key), "`" + key + "` must be a text");
        return Optional.empty();
    }

    /** The text of a scalar; empty if the key is absent or, with a problem, if it is something else. */
    Optional<String> text(String key) {
        return scalar(key).map(YamlScalar::text);
    }

    /** A text that takes no expressions. */
    Optional<String> plain(String key) {
        Optional<String> text = text(key);
        if (text.isPresent() && text.get().contains(Template.OPEN)) {
            problems.add(line(key), "`" + key + "` takes no expressions");
            return Optional.empty();
        }
        return text;
    }

    /** {@code true} or {@code false}; false if the key is absent. */
    boolean flag(String key) {
        Optional<ScalarNode> scalar = scalar(key);
        if (scalar.isPresent() && !scalar.get().getTag().equals(Tag.BOOL)) {
            problems.add(line(key), "`" + key + "` must be true or false");
            return false;
        }
        return scalar.map(YamlScalar::text).filter("true"::equals).isPresent();
    }

    /** A list of texts, or a single one, without expressions; empty if the key is absent. */
    List<String> texts(String key) {
        if (has(key) && node(key) instanceof SequenceNode list) {
            if (list.getValue().stream().allMatch(ScalarNode.class::isInstance)) {
                return list.getValue().stream()
                        .map(node -> YamlScalar.text((ScalarNode) node))
                        .toList();
            }
            problems.add(line(key), "`" + key + "` must be a text or a list of texts");
            return List.of();
        }
        return plain(key).map(List::of).orElse(List.of());
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
