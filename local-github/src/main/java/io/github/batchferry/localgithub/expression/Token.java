package io.github.batchferry.localgithub.expression;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The smallest piece of an expression.
 *
 * @param raw as it was written, texts with their quotes
 * @param position of its first character, from 0
 * @param literal value of a literal, otherwise null
 */
record Token(Kind kind, String raw, int position, JsonNode literal) {
    /** What a token is; whether a dot, a bracket or a word means this or that depends on the token before it. */
    enum Kind {
        LITERAL,
        CONTEXT,
        FUNCTION,
        PROPERTY,
        STAR,
        DOT,
        COMMA,
        OPERATOR,
        OPEN_GROUP,
        OPEN_CALL,
        OPEN_INDEX,
        CLOSE_PARENTHESIS,
        CLOSE_INDEX;

        /** Whether an operand may follow; it may also be the first token. */
        boolean opensOperand() {
            return switch (this) {
                case COMMA, OPERATOR, OPEN_GROUP, OPEN_CALL, OPEN_INDEX -> true;
                default -> false;
            };
        }

        /** Whether an operand is complete with this token. */
        boolean closesOperand() {
            return this == LITERAL || isIndexable();
        }

        /** Whether a dot or a bracket may follow; literals have no properties. */
        boolean isIndexable() {
            return switch (this) {
                case CONTEXT, PROPERTY, STAR, CLOSE_PARENTHESIS, CLOSE_INDEX -> true;
                default -> false;
            };
        }
    }
}
