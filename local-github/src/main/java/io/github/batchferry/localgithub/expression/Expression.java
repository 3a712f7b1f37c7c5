package io.github.batchferry.localgithub.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** A parsed expression of GitHub Actions, without <code>${{</code> and <code>}}</code>. Immutable. */
public final class Expression {
    private final String source;
    private final Node root;
    private final boolean asksForStatus;
    private final Set<String> contexts;

    private Expression(String source, Node root) {
        this.source = source;
        this.root = root;
        Set<String> found = new HashSet<>();
        this.asksForStatus = look(root, found);
        this.contexts = Set.copyOf(found);
    }

    /**
     * Parses an expression.
     *
     * @throws ExpressionSyntaxException names what is wrong in GitHub's words: an unknown context or function, a wrong number
     *     of arguments, an unexpected token and its position, or an expression too long or too deep
     */
    public static Expression parse(String text, Vocabulary vocabulary) throws ExpressionSyntaxException {
        return new Expression(text, Parser.parse(text, vocabulary));
    }

    /**
     * The expression's value: null, boolean, number, text, array or object. Whole numbers up to 2^53 are integral nodes,
     * all others are doubles; objects and arrays may be the scope's own.
     *
     * @throws ExpressionException when it has none
     */
    public JsonNode evaluate(Scope scope) {
        JsonNode value = new Evaluator(scope).value(root);
        return value instanceof FilteredArray filtered ? filtered.toPlainArray() : value;
    }

    /** Whether success(), failure(), always() or cancelled() is called anywhere in it. */
    public boolean asksForStatus() {
        return asksForStatus;
    }

    /** Names, in lower case, of the contexts that it looks at. */
    public Set<String> contexts() {
        return contexts;
    }

    /** The text that it was parsed from. */
    public String source() {
        return source;
    }

    @Override
    public String toString() {
        return source;
    }

    private static boolean look(Node node, Set<String> contexts) {
        if (node instanceof Node.Context context) {
            contexts.add(context.name());
        }
        boolean found = node instanceof Node.Call call
                && call.function() instanceof Function.OfScope function
                && function.asksForStatus();
        for (Node child : node.children()) {
            found |= look(child, contexts);
        }
        return found;
    }
}
