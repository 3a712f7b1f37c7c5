package io.github.batchferry.localgithub.expression;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What stands between an open bracket and the place the parser has got to; the outermost one has no bracket. */
final class Bracket {
    /** What a bracket is for. */
    enum Kind {
        WHOLE,
        GROUP,
        INDEX,
        CALL
    }

    private final Kind kind;
    private final Token token;
    private final Function function;
    // Mutable state
    private final Deque<Operand> operands = new ArrayDeque<>();
    private final Deque<Operator> operators = new ArrayDeque<>();
    private final List<Operand> arguments = new ArrayList<>();
    private boolean star;

    private Bracket(Kind kind, Token token, Function function) {
        this.kind = kind;
        this.token = token;
        this.function = function;
    }

    static Bracket whole() {
        return new Bracket(Kind.WHOLE, null, null);
    }

    static Bracket group(Token token) {
        return new Bracket(Kind.GROUP, token, null);
    }

    static Bracket index(Token token) {
        return new Bracket(Kind.INDEX, token, null);
    }

    static Bracket call(Token token, Function function) {
        return new Bracket(Kind.CALL, token, function);
    }

    boolean is(Kind other) {
        return kind == other;
    }

    Token token() {
        return token;
    }

    Function function() {
        return function;
    }

    boolean holdsStar() {
        return star;
    }

    void setStar() {
        star = true;
    }

    void push(Operand operand) {
        operands.push(operand);
    }

    /** Takes the latest operand, for a property of it. */
    Operand pop() {
        return operands.pop();
    }

    void push(Operator operator) {
        while (operator != Operator.NOT
                && !operators.isEmpty()
                && operators.peek().bindsBefore(operator)) {
            reduce();
        }
        operators.push(operator);
    }

    /** Ends the operand that was read last, as an argument of a call. */
    void endArgument() {
        arguments.add(result());
    }

    List<Operand> arguments() {
        return arguments;
    }

    /** All that was read since the bracket, or since the last comma, as one. */
    Operand result() {
        while (!operators.isEmpty()) {
            reduce();
        }
        return operands.pop();
    }

    private void reduce() {
        Operator operator = operators.pop();
        Operand right = operands.pop();
        operands.push(operator == Operator.NOT ? Operand.not(right) : Operand.binary(operator, operands.pop(), right));
    }
}
