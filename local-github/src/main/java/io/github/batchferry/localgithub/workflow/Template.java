package io.github.batchferry.localgithub.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A text with expressions in it. The only expression supported is a look-up of properties, such as
 * {@code inputs.batch_id}.
 *
 * @param parts what the text is put together from
 */
public record Template(List<Part> parts) {
    private static final Pattern LOOKUP = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(?:\\.[A-Za-z_][A-Za-z0-9_-]*)+");

    /** A piece of a template. */
    public sealed interface Part {}

    /** Text that stands for itself. */
    public record Literal(String text) implements Part {}

    /** An expression: the context's name in lower case, then the names of properties. */
    public record Lookup(List<String> path) implements Part {
        public Lookup {
            path = List.copyOf(path);
        }
    }

    /** An expression that is not supported here; the message says which and why. */
    static final class UnsupportedExpressionException extends Exception {
        private static final long serialVersionUID = 1L;

        UnsupportedExpressionException(String message) {
            super(message);
        }
    }

    public Template {
        parts = List.copyOf(parts);
    }

    /** A text without expressions. */
    public static Template literal(String text) {
        return new Template(List.of(new Literal(text)));
    }

    /**
     * Takes a text apart.
     *
     * @param contexts names of the contexts that are available where the text stands
     */
    static Template parse(String text, Set<String> contexts) throws UnsupportedExpressionException {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (true) {
            int open = text.indexOf("${{", at);
            if (open < 0) {
                parts.add(new Literal(text.substring(at)));
                return new Template(parts);
            }
            int close = text.indexOf("}}", open + 3);
            if (close < 0) {
                throw new UnsupportedExpressionException("the expression `${{` is not closed by `}}`");
            }
            parts.add(new Literal(text.substring(at, open)));
            parts.add(lookup(text.substring(open + 3, close).strip(), contexts));
            at = close + 2;
        }
    }

    private static Lookup lookup(String expression, Set<String> contexts) throws UnsupportedExpressionException {
        if (!LOOKUP.matcher(expression).matches()) {
            throw new UnsupportedExpressionException(
                    "the embedded GitHub does not support the expression `" + expression
                            + "` yet; it looks up properties such as `inputs.name`, without operators, functions or indexes");
        }
        List<String> path = new ArrayList<>(List.of(expression.split("\\.")));
        path.set(0, path.get(0).toLowerCase(Locale.ROOT));
        if (!contexts.contains(path.get(0))) {
            throw new UnsupportedExpressionException(
                    "the embedded GitHub does not support the context `" + path.get(0) + "` here; it knows "
                            + String.join(", ", contexts.stream().sorted().toList()));
        }
        return new Lookup(path);
    }

    /** The text with every expression replaced by the text of its value. */
    public String evaluate(Contexts contexts) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Literal literal) {
                text.append(literal.text());
            } else if (part instanceof Lookup lookup) {
                text.append(text(contexts.find(lookup.path())));
            }
        }
        return text.toString();
    }

    /** The value of the expression, if the text is nothing but one; else the evaluated text. */
    public JsonNode value(Contexts contexts) {
        List<Part> told = parts.stream()
                .filter(part ->
                        !(part instanceof Literal literal && literal.text().isEmpty()))
                .toList();
        if (told.size() == 1 && told.get(0) instanceof Lookup lookup) {
            JsonNode value = contexts.find(lookup.path());
            return value.isMissingNode() ? NullNode.getInstance() : value;
        }
        return TextNode.valueOf(evaluate(contexts));
    }

    private static String text(JsonNode node) {
        if (node.isObject()) {
            return "Object";
        }
        return node.isArray() ? "Array" : node.isNull() ? "" : node.asText("");
    }
}
