package io.github.batchferry.localgithub.expression;

import java.util.Arrays;

/** An operator between or before operands. */
enum Operator {
    NOT("!", 5),
    LESS("<", 4),
    LESS_OR_EQUAL("<=", 4),
    GREATER(">", 4),
    GREATER_OR_EQUAL(">=", 4),
    EQUAL("==", 3),
    NOT_EQUAL("!=", 3),
    AND("&&", 2),
    OR("||", 1);

    private final String symbol;
    private final int precedence;

    Operator(String symbol, int precedence) {
        this.symbol = symbol;
        this.precedence = precedence;
    }

    static boolean exists(String symbol) {
        return Arrays.stream(values()).anyMatch(operator -> operator.symbol.equals(symbol));
    }

    static Operator of(String symbol) {
        return Arrays.stream(values())
                .filter(operator -> operator.symbol.equals(symbol))
                .findFirst()
                .orElseThrow();
    }

    /** Whether this operator takes its operands before a later one does. */
    boolean bindsBefore(Operator later) {
        return precedence >= later.precedence;
    }

    boolean isLogical() {
        return this == AND || this == OR;
    }
}
