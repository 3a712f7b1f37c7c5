package io.github.batchferry.localgithub.workflow;

import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads a piece of YAML whose shape is free. */
final class Trees {
    private final Fields fields;
    private final Place place;

    Trees(Fields fields, Place place) {
        this.fields = fields;
        this.place = place;
    }

    /** The piece, with everything in it that is no expression as YAML means it. */
    Tree read(Node node) {
        if (node instanceof MappingNode) {
            return entries(YamlSection.of(node, "a mapping", fields.problems()));
        }
        if (node instanceof SequenceNode sequence) {
            return new Tree.Items(sequence.getValue().stream().map(this::read).toList());
        }
        return scalar((ScalarNode) node);
    }

    private Tree entries(YamlSection section) {
        Map<String, Tree> entries = new LinkedHashMap<>();
        section.keys().forEach(key -> entries.put(key, read(section.node(key))));
        return new Tree.Entries(entries);
    }

    private Tree scalar(ScalarNode scalar) {
        if (!scalar.getTag().equals(Tag.STR)) {
            return new Tree.Constant(YamlScalar.value(scalar));
        }
        return new Tree.Leaf(fields.template(scalar, place).orElse(Template.literal("")));
    }
}
