package io.github.batchferry.localgithub.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.batchferry.localgithub.expression.Token.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Cuts an expression into tokens, one at a time, so that the first mistake in it is the one that is told. */
final class Lexer {
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    private static final String BOUNDARIES = "([)],.!><=&|";
    private static final Map<Character, Kind> SINGLES = Map.of(
            '[', Kind.OPEN_INDEX, ']', Kind.CLOSE_INDEX, ')', Kind.CLOSE_PARENTHESIS, ',', Kind.COMMA, '*', Kind.STAR);
    private static final Map<String, JsonNode> CONSTANTS = Map.of(
            "null", NullNode.getInstance(),
            "true", BooleanNode.TRUE,
            "false", BooleanNode.FALSE,
            "NaN", DoubleNode.valueOf(Double.NaN),
            "Infinity", DoubleNode.valueOf(Double.POSITIVE_INFINITY));

    private final String source;
    // Mutable state
    private int at;
    private Kind last;

    Lexer(String source) {
        this.source = source;
    }

    /** The next token, empty at the end. */
    Optional<Token> next() throws ExpressionSyntaxException {
        at = skipSpace(at);
        if (at >= source.length()) {
            return Optional.empty();
        }
        Token token = read(source.charAt(at));
        at += token.raw().length();
        last = token.kind();
        return Optional.of(token);
    }

    private Token read(char first) throws ExpressionSyntaxException {
        if (SINGLES.containsKey(first)) {
            return single(SINGLES.get(first));
        }
        if (first == '(') {
            return single(last == Kind.FUNCTION ? Kind.OPEN_CALL : Kind.OPEN_GROUP);
        }
        if (first == '.' && last != null && !last.opensOperand()) {
            return single(Kind.DOT);
        }
        if (first == '\'') {
            return text();
        }
        if ("!<>=&|".indexOf(first) >= 0) {
            return operator();
        }
        return ".+-".indexOf(first) >= 0 || isDigit(first) ? number() : word();
    }

    private Token single(Kind kind) {
        return new Token(kind, source.substring(at, at + 1), at, null);
    }

    private Token text() throws ExpressionSyntaxException {
        StringBuilder value = new StringBuilder();
        for (int i = at + 1; i < source.length(); i++) {
            if (source.charAt(i) == '\'') {
                boolean doubled = i + 1 < source.length() && source.charAt(i + 1) == '\'';
                if (!doubled) {
                    return literal(source.substring(at, i + 1), TextNode.valueOf(value.toString()));
                }
                i++;
            }
            value.append(source.charAt(i));
        }
        throw unexpected(source.substring(at));
    }

    private Token operator() throws ExpressionSyntaxException {
        String two = source.substring(at, Math.min(at + 2, source.length()));
        String raw = Operator.exists(two) ? two : two.substring(0, 1);
        if (!Operator.exists(raw)) {
            throw unexpected(source.substring(at, endOfWord(at + 1)));
        }
        return new Token(Kind.OPERATOR, raw, at, null);
    }

    private Token number() throws ExpressionSyntaxException {
        int end = endOfWord(at + 1);
        while (end < source.length() && source.charAt(end) == '.') {
            end = endOfWord(end + 1);
        }
        String raw = source.substring(at, end);
        double value = Numbers.parse(raw);
        if (Double.isNaN(value)) {
            throw unexpected(raw);
        }
        return literal(raw, Numbers.node(value));
    }

    private Token word() throws ExpressionSyntaxException {
        String raw = source.substring(at, endOfWord(at + 1));
        if (!WORD.matcher(raw).matches()) {
            throw unexpected(raw);
        }
        if (last == Kind.DOT) {
            return new Token(Kind.PROPERTY, raw, at, null);
        }
        if (CONSTANTS.containsKey(raw)) {
            return literal(raw, CONSTANTS.get(raw));
        }
        int following = skipSpace(at + raw.length());
        boolean called = following < source.length() && source.charAt(following) == '(';
        return new Token(called ? Kind.FUNCTION : Kind.CONTEXT, raw, at, null);
    }

    private Token literal(String raw, JsonNode value) {
        return new Token(Kind.LITERAL, raw, at, value);
    }

    private ExpressionSyntaxException unexpected(String raw) {
        return ExpressionSyntaxException.at(raw, at, "Unexpected symbol", source);
    }

    private int skipSpace(int from) {
        int index = from;
        while (index < source.length() && Spaces.isSpace(source.charAt(index))) {
            index++;
        }
        return index;
    }

    private int endOfWord(int from) {
        int index = from;
        while (index < source.length()
                && BOUNDARIES.indexOf(source.charAt(index)) < 0
                && !Spaces.isSpace(source.charAt(index))) {
            index++;
        }
        return index;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
