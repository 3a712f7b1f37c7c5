package io.github.batchferry.localgithub.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.batchferry.localgithub.expression.Values;
import java.math.BigInteger;
import java.util.Locale;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** What a scalar of a file means. */
final class YamlScalar {
    private static final double EXACT = 1L << 53;

    private YamlScalar() {}

    /** A text, number, truth value or null. */
    static JsonNode value(ScalarNode scalar) {
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return NullNode.getInstance();
        }
        if (tag.equals(Tag.BOOL)) {
            return BooleanNode.valueOf(scalar.getValue().equalsIgnoreCase("true"));
        }
        return isNumber(scalar) ? number(scalar.getValue()) : TextNode.valueOf(scalar.getValue());
    }

    /** The text that GitHub makes of it where it needs a text: {@code 3.10} is the number 3.1. */
    static String text(ScalarNode scalar) {
        return Values.text(value(scalar));
    }

    static boolean isNumber(ScalarNode scalar) {
        return scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT);
    }

    /**
     * The line on which a character of its text stands, as near as it can be told: where a block keeps its lines they are
     * counted, else it is the line on which the scalar begins.
     *
     * @param at index of the character
     * @return counted from 1
     */
    static int line(ScalarNode scalar, int at) {
        int line = YamlSection.lineOf(scalar);
        if (scalar.getScalarStyle() != DumperOptions.ScalarStyle.LITERAL) {
            return line;
        }
        return line
                + 1
                + (int) scalar.getValue()
                        .substring(0, at)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private static JsonNode number(String written) {
        double number = parse(written);
        return number == Math.rint(number) && Math.abs(number) <= EXACT
                ? LongNode.valueOf((long) number)
                : DoubleNode.valueOf(number);
    }

    private static double parse(String written) {
        if (written.startsWith("0x")) {
            return new BigInteger(written.substring(2), 16).doubleValue();
        }
        if (written.startsWith("0o")) {
            return new BigInteger(written.substring(2), 8).doubleValue();
        }
        String lower = written.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".inf")) {
            return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return lower.equals(".nan") ? Double.NaN : Double.parseDouble(written);
    }
}
