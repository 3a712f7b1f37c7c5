package io.github.batchferry.localgithub.expression;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.batchferry.localgithub.expression.Token.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/** Builds the tree of an expression. Does not call itself, so that no text is too deep for the stack. */
final class Parser {
    private static final int MAX_DEPTH = 50;
    private static final int MAX_LENGTH = 21_000;

    private final String source;
    private final Vocabulary vocabulary;
    private final Lexer lexer;
    // Mutable state
    private final Deque<Bracket> open = new ArrayDeque<>();
    private Token last;
    private Function called;

    private Parser(String source, Vocabulary vocabulary) {
        this.source = source;
        this.vocabulary = vocabulary;
        this.lexer = new Lexer(source);
        open.push(Bracket.whole());
    }

    static Node parse(String source, Vocabulary vocabulary) throws ExpressionSyntaxException {
        if (source.length() > MAX_LENGTH) {
            throw new ExpressionSyntaxException("Exceeded max expression length " + MAX_LENGTH);
        }
        return new Parser(source, vocabulary).whole();
    }

    private Node whole() throws ExpressionSyntaxException {
        for (Optional<Token> token = lexer.next(); token.isPresent(); token = lexer.next()) {
            accept(token.get());
            last = token.get();
        }
        if (last == null) {
            throw new ExpressionSyntaxException("An expression was expected");
        }
        if (open.size() > 1 || !last.kind().closesOperand()) {
            throw problem(last, "Unexpected end of expression");
        }
        Operand result = open.pop().result();
        if (result.depth() > MAX_DEPTH) {
            throw new ExpressionSyntaxException("Exceeded max expression depth " + MAX_DEPTH);
        }
        return result.node();
    }

    private void accept(Token token) throws ExpressionSyntaxException {
        require(!open.peek().holdsStar() || token.kind() == Kind.CLOSE_INDEX, token);
        switch (token.kind()) {
            case LITERAL -> operand(token, new Node.Literal(token.literal()));
            case CONTEXT -> context(token);
            case FUNCTION -> function(token);
            case OPEN_CALL -> open.push(Bracket.call(token, called));
            case OPEN_GROUP -> {
                require(operandMayFollow(), token);
                open.push(Bracket.group(token));
            }
            case OPEN_INDEX -> {
                require(isIndexable(), token);
                open.push(Bracket.index(token));
            }
            case CLOSE_PARENTHESIS -> closeParenthesis(token);
            case CLOSE_INDEX -> closeIndex(token);
            case COMMA -> {
                require(open.peek().is(Bracket.Kind.CALL) && operandIsComplete(), token);
                open.peek().endArgument();
            }
            case DOT -> require(isIndexable(), token);
            case PROPERTY -> index(Operand.leaf(new Node.Literal(TextNode.valueOf(token.raw()))));
            case STAR -> star(token);
            case OPERATOR -> operator(token);
        }
    }

    private void context(Token token) throws ExpressionSyntaxException {
        require(operandMayFollow(), token);
        if (!vocabulary.hasContext(token.raw())) {
            throw problem(token, "Unrecognized named-value");
        }
        operand(token, new Node.Context(token.raw().toLowerCase(Locale.ROOT)));
    }

    private void function(Token token) throws ExpressionSyntaxException {
        require(operandMayFollow(), token);
        called = Function.find(token.raw(), vocabulary).orElseThrow(() -> problem(token, "Unrecognized function"));
    }

    private void operand(Token token, Node node) throws ExpressionSyntaxException {
        require(operandMayFollow(), token);
        open.peek().push(Operand.leaf(node));
    }

    private void operator(Token token) throws ExpressionSyntaxException {
        Operator operator = Operator.of(token.raw());
        require(operator == Operator.NOT ? operandMayFollow() : operandIsComplete(), token);
        open.peek().push(operator);
    }

    private void star(Token token) throws ExpressionSyntaxException {
        require(last != null && (last.kind() == Kind.DOT || last.kind() == Kind.OPEN_INDEX), token);
        if (last.kind() == Kind.DOT) {
            open.peek().push(Operand.star(open.peek().pop()));
        } else {
            open.peek().setStar();
        }
    }

    private void index(Operand key) {
        open.peek().push(Operand.index(open.peek().pop(), key));
    }

    private void closeIndex(Token token) throws ExpressionSyntaxException {
        require(open.peek().is(Bracket.Kind.INDEX) && operandIsComplete(), token);
        Bracket bracket = open.pop();
        if (bracket.holdsStar()) {
            open.peek().push(Operand.star(open.peek().pop()));
        } else {
            index(bracket.result());
        }
    }

    private void closeParenthesis(Token token) throws ExpressionSyntaxException {
        Bracket bracket = open.peek();
        boolean withoutArguments = last != null && last.kind() == Kind.OPEN_CALL;
        require(bracket.is(Bracket.Kind.GROUP) || bracket.is(Bracket.Kind.CALL), token);
        require(withoutArguments || operandIsComplete(), token);
        open.pop();
        if (bracket.is(Bracket.Kind.GROUP)) {
            open.peek().push(bracket.result());
            return;
        }
        if (!withoutArguments) {
            bracket.endArgument();
        }
        checkArity(bracket);
        open.peek().push(Operand.call(bracket.function(), bracket.arguments()));
    }

    private void checkArity(Bracket call) throws ExpressionSyntaxException {
        int count = call.arguments().size();
        if (count < call.function().arity().least()) {
            throw problem(call.token(), "Too few parameters supplied");
        }
        if (count > call.function().arity().most()) {
            throw problem(call.token(), "Too many parameters supplied");
        }
        if (call.function() == Function.GeneralFunction.CASE && count % 2 == 0) {
            throw problem(call.token(), "Even number of parameters supplied, requires an odd number of parameters");
        }
    }

    private boolean operandMayFollow() {
        return last == null || last.kind().opensOperand();
    }

    private boolean operandIsComplete() {
        return last != null && last.kind().closesOperand();
    }

    private boolean isIndexable() {
        return last != null && last.kind().isIndexable();
    }

    private void require(boolean legal, Token token) throws ExpressionSyntaxException {
        if (!legal) {
            throw problem(token, "Unexpected symbol");
        }
    }

    private ExpressionSyntaxException problem(Token token, String problem) {
        return ExpressionSyntaxException.at(token, problem, source);
    }
}
