package io.github.batchferry.localgithub.expression;

/** An expression that GitHub would refuse to run; the message is in GitHub's words. */
public final class ExpressionSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message says what is wrong, in GitHub's words where it has some */
    public ExpressionSyntaxException(String message) {
        super(message);
    }

    static ExpressionSyntaxException at(Token token, String problem, String source) {
        return at(token.raw(), token.position(), problem, source);
    }

    static ExpressionSyntaxException at(String raw, int position, String problem, String source) {
        return new ExpressionSyntaxException(
                problem + ": '" + raw + "'. Located at position " + (position + 1) + " within expression: " + source);
    }
}
