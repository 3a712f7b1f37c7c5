package io.github.batchferry.localgithub.workflow;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Which plain scalars are no texts: as YAML 1.2 has it, in which {@code on} and {@code yes} are texts like any other. */
final class YamlSchema extends Resolver {
    private static final Pattern TRUTH = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
    private static final Pattern DECIMAL = Pattern.compile(
            "[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");
    private static final Pattern NOTHING = Pattern.compile("~|null|Null|NULL");
    private static final Pattern EMPTY = Pattern.compile("");

    /** Whether a scalar is what its tag says; a whole number may be said to be one with decimals. */
    static boolean explains(ScalarNode scalar) {
        Tag tag = scalar.getTag();
        Tag looksLike = new YamlSchema().resolve(NodeId.scalar, scalar.getValue(), true);
        return tag.equals(Tag.STR) || tag.equals(looksLike) || tag.equals(Tag.FLOAT) && looksLike.equals(Tag.INT);
    }

    @Override
    protected void addImplicitResolvers() {
        addImplicitResolver(Tag.BOOL, TRUTH, "tTfF");
        addImplicitResolver(Tag.INT, WHOLE, "-+0123456789");
        addImplicitResolver(Tag.FLOAT, DECIMAL, "-+.0123456789");
        addImplicitResolver(Tag.NULL, NOTHING, "~nN");
        addImplicitResolver(Tag.NULL, EMPTY, null);
    }
}
