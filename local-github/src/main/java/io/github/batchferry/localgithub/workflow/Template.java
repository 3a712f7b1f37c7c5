package io.github.batchferry.localgithub.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.batchferry.localgithub.expression.Expression;
import io.github.batchferry.localgithub.expression.ExpressionSyntaxException;
import io.github.batchferry.localgithub.expression.Values;
import io.github.batchferry.localgithub.expression.Vocabulary;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with expressions in it.
 *
 * @param parts what the text is put together from
 */
public record Template(List<Part> parts) {
    /** Begins an expression in a text. */
    static final String OPEN = "${{";

    /** How long an expression may be on GitHub, and a text with expressions in it. */
    static final int LONGEST = 21_000;

    /** A piece of a template. */
    public sealed interface Part {}

    /** Text that stands for itself; never empty. */
    public record Literal(String text) implements Part {}

    /** An expression, whose value takes its place. */
    public record Evaluated(Expression expression) implements Part {}

    public Template {
        parts = List.copyOf(parts);
    }

    /** A text without expressions. */
    public static Template literal(String text) {
        return new Template(text.isEmpty() ? List.of() : List.of(new Literal(text)));
    }

    /**
     * A piece of a text that is not read yet.
     *
     * @param at where it begins in the text
     * @param text an expression without its braces, or text that stands for itself
     */
    record Piece(int at, String text, boolean isExpression) {
        Part read(Vocabulary vocabulary) throws ExpressionSyntaxException {
            if (!isExpression) {
                return new Literal(text);
            }
            if (text.isBlank()) {
                throw new ExpressionSyntaxException("An expression was expected");
            }
            return new Evaluated(Expression.parse(text.strip(), vocabulary));
        }
    }

    /**
     * Cuts a text where its expressions begin and end.
     *
     * @throws ExpressionSyntaxException when the last one does not end
     */
    static List<Piece> cut(String text) throws ExpressionSyntaxException {
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, at)) {
            int close = close(text, open + OPEN.length());
            if (open > at) {
                pieces.add(new Piece(at, text.substring(at, open), false));
            }
            pieces.add(new Piece(open, text.substring(open + OPEN.length(), close), true));
            at = close + 2;
        }
        if (at < text.length()) {
            pieces.add(new Piece(at, text.substring(at), false));
        }
        return pieces;
    }

    /**
     * The length of the expression that GitHub makes of a text with expressions in it: a call of {@code format}, with quotes
     * and braces doubled. It takes no more than {@link #LONGEST} characters.
     */
    static int length(List<Piece> pieces) {
        if (pieces.size() < 2) {
            return 0;
        }
        int length = "format('')".length();
        int count = 0;
        for (Piece piece : pieces) {
            length += piece.isExpression()
                    ? "{}, ".length()
                            + String.valueOf(count++).length()
                            + piece.text().strip().length()
                    : piece.text().replaceAll("['{}]", "$0$0").length();
        }
        return length;
    }

    /**
     * Takes a text apart.
     *
     * @param vocabulary what expressions may use where the text stands
     * @throws ExpressionSyntaxException when an expression is not closed, is empty, or is none
     */
    static Template parse(String text, Vocabulary vocabulary) throws ExpressionSyntaxException {
        List<Part> parts = new ArrayList<>();
        for (Piece piece : cut(text)) {
            parts.add(piece.read(vocabulary));
        }
        return new Template(parts);
    }

    /** Where the braces stand that close an expression; those in its quoted texts do not. */
    private static int close(String text, int from) throws ExpressionSyntaxException {
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\'') {
                quoted = !quoted;
            } else if (!quoted && text.startsWith("}}", i)) {
                return i;
            }
        }
        throw new ExpressionSyntaxException("the expression `${{` is not closed by `}}`");
    }

    /** Whether it is a single expression and nothing else. */
    public boolean isExpression() {
        return parts.size() == 1 && parts.get(0) instanceof Evaluated;
    }

    /** Whether it is a text without expressions. */
    public boolean isLiteral() {
        return parts.stream().allMatch(Literal.class::isInstance);
    }

    /** Whether one of its expressions looks at a context, given by its name in lower case. */
    public boolean looksAt(String context) {
        return parts.stream()
                .anyMatch(part -> part instanceof Evaluated evaluated
                        && evaluated.expression().contexts().contains(context));
    }

    /**
     * The text with every expression replaced by the text of its value.
     *
     * @throws io.github.batchferry.localgithub.expression.ExpressionException when an expression has no value
     */
    public String evaluate(Contexts contexts) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Literal literal) {
                text.append(literal.text());
            } else if (part instanceof Evaluated evaluated) {
                text.append(Values.text(evaluated.expression().evaluate(contexts)));
            }
        }
        return text.toString();
    }

    /**
     * The value of the expression, if the text is nothing but one; else the evaluated text.
     *
     * @throws io.github.batchferry.localgithub.expression.ExpressionException when an expression has no value
     */
    public JsonNode value(Contexts contexts) {
        if (parts.size() == 1 && parts.get(0) instanceof Evaluated only) {
            return only.expression().evaluate(contexts);
        }
        return TextNode.valueOf(evaluate(contexts));
    }

    /** The text as it was written, but for the white space around its expressions. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(
                    part instanceof Evaluated evaluated
                            ? OPEN + " " + evaluated.expression() + " }}"
                            : ((Literal) part).text());
        }
        return text.toString();
    }
}
