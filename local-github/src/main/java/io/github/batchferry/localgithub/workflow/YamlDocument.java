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
    private final Map<Node, Extent> extents = new IdentityHashMap<>();

    private record Extent(long values, int height) {
        static final Extent TOO_LARGE = new Extent(MOST_VALUES + 1, DEEPEST + 1);

        Extent with(Extent part) {
            return new Extent(Math.min(values + part.values, MOST_VALUES + 1), Math.max(height, part.height + 1));
        }
    }

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
        Extent extent = extent(root, 1);
        if (extent.values > MOST_VALUES || extent.height > DEEPEST) {
            problems.add(
                    1,
                    "the file is too large: with every alias replaced by what it repeats, it must hold at most "
                            + MOST_VALUES + " values and be at most " + DEEPEST + " levels deep");
        }
    }

    /** How large a value is when every alias is replaced by what it stands for. */
    private Extent extent(Node node, int depth) {
        Extent known = extents.get(node);
        if (known != null || depth > DEEPEST) {
            return known == null ? Extent.TOO_LARGE : known;
        }
        // while its own parts are looked at, so that it is too large if an alias to it is among them
        extents.put(node, Extent.TOO_LARGE);
        checkTag(node);
        Extent extent = new Extent(1, 1);
        for (Node part : parts(node)) {
            extent = extent.with(extent(part, depth + 1));
        }
        extents.put(node, extent);
        return extent;
    }

    private static List<Node> parts(Node node) {
        if (node instanceof MappingNode mapping) {
            return mapping.getValue().stream()
                    .flatMap(tuple -> Stream.of(tuple.getKeyNode(), tuple.getValueNode()))
                    .toList();
        }
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
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
