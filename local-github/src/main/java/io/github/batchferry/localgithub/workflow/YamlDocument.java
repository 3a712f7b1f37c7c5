package io.github.batchferry.localgithub.workflow;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** Reads the YAML of a file, and holds it against what GitHub takes of YAML. */
final class YamlDocument {
    private static final int DEEPEST = 50;
    /** Aliases make a small file large; no workflow for people has as many values as this. */
    private static final long MOST_VALUES = 100_000;

    private final WorkflowProblems problems;
    // Mutable state
    private final Map<Node, Long> sizes = new IdentityHashMap<>();

    private YamlDocument(WorkflowProblems problems) {
        this.problems = problems;
    }

    /** The root of a document; null, with a problem, if it is of no use at all. */
    static Node read(byte[] content, WorkflowProblems problems) {
        Node root = compose(content, problems);
        if (root != null) {
            new YamlDocument(problems).check(root);
        }
        return root;
    }

    private static Node compose(byte[] content, WorkflowProblems problems) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        DumperOptions dumper = new DumperOptions();
        Yaml yaml = new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options, new YamlSchema());
        try {
            Node root = yaml.compose(new StringReader(new String(content, StandardCharsets.UTF_8)));
            if (root == null) {
                problems.add(1, "the file is empty");
            }
            return root;
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(line, "not valid YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problems.add(1, "not valid YAML: " + e.getMessage().strip());
        }
        return null;
    }

    private void check(Node root) {
        if (size(root) > MOST_VALUES) {
            problems.add(
                    1,
                    "the file holds more than " + MOST_VALUES
                            + " values, or an alias stands in what it repeats; write it without aliases");
        }
    }

    /** How many values there are when every alias is replaced by what it stands for. */
    private long size(Node node) {
        Long known = sizes.get(node);
        if (known != null) {
            return known;
        }
        // while its own parts are counted, so that an alias to what it stands in counts as too much
        sizes.put(node, MOST_VALUES + 1);
        checkTag(node);
        long size = 1 + parts(node).mapToLong(this::size).reduce(0, (a, b) -> Math.min(a + b, MOST_VALUES + 1));
        sizes.put(node, size);
        return size;
    }

    private static Stream<Node> parts(Node node) {
        if (node instanceof MappingNode mapping) {
            return mapping.getValue().stream().flatMap(tuple -> Stream.of(tuple.getKeyNode(), tuple.getValueNode()));
        }
        return node instanceof SequenceNode sequence ? sequence.getValue().stream() : Stream.empty();
    }

    private void checkTag(Node node) {
        boolean plain = node instanceof ScalarNode scalar
                ? YamlSchema.explains(scalar)
                : List.of(Tag.MAP, Tag.SEQ).contains(node.getTag());
        if (!plain) {
            problems.add(YamlSection.lineOf(node), "cannot use the YAML tag `" + node.getTag() + "` here; remove it");
        }
    }
}
