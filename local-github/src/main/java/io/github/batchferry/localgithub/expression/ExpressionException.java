package io.github.batchferry.localgithub.expression;

/** An expression that is well formed but has no value, such as {@code fromJSON} of a text that is no JSON. */
public final class ExpressionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message says what is wrong, for the log of the step or job that asked */
    public ExpressionException(String message) {
        super(message);
    }

    ExpressionException(String message, Throwable cause) {
        super(message, cause);
    }
}
