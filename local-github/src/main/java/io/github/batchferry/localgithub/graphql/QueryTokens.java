package io.github.batchferry.localgithub.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words and signs of a query, one after the other. Not thread-safe. */
final class QueryTokens {
    private static final Pattern IGNORED = Pattern.compile("(?:[\\s,\\uFEFF]|#[^\\n\\r]*)+");
    private static final Pattern TOKEN = Pattern.compile("(?<name>[_A-Za-z]\\w*)"
            + "|(?<number>-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)"
            + "|(?<block>\"\"\"(?:\\\\\"\"\"|[\\s\\S])*?\"\"\")"
            + "|(?<text>\"(?:\\\\.|[^\"\\\\\\n\\r])*\")"
            + "|(?<sign>\\.\\.\\.|[!$&()\\[\\]{}:=@|])");

    private final String query;

    // Mutable state
    private int start;
    private Matcher token;

    QueryTokens(String query) throws GraphException {
        this.query = query;
        read(0);
    }

    private void read(int from) throws GraphException {
        Matcher ignored = IGNORED.matcher(query).region(from, query.length());
        start = ignored.lookingAt() ? ignored.end() : from;
        token = TOKEN.matcher(query).region(start, query.length());
        if (start < query.length() && !token.lookingAt()) {
            throw unexpected();
        }
    }

    boolean atEnd() {
        return start >= query.length();
    }

    /** The token as it is written; empty at the end. */
    String peek() {
        return atEnd() ? "" : token.group();
    }

    /** Passes over a token if it is the one. */
    boolean skip(String wanted) throws GraphException {
        if (atEnd() || !peek().equals(wanted)) {
            return false;
        }
        next();
        return true;
    }

    void expect(String wanted) throws GraphException {
        if (!skip(wanted)) {
            throw unexpected();
        }
    }

    String name() throws GraphException {
        if (atEnd() || token.group("name") == null) {
            throw unexpected();
        }
        return next();
    }

    /** A constant that is no list and no object. */
    JsonNode constant() throws GraphException {
        if (atEnd() || token.group("sign") != null) {
            throw unexpected();
        }
        try {
            if (token.group("block") != null) {
                String block = next();
                return Json.MAPPER.valueToTree(block.substring(3, block.length() - 3)
                        .replace("\\\"\"\"", "\"\"\"")
                        .strip());
            }
            boolean word = token.group("name") != null && !peek().matches("true|false|null");
            return word ? Json.MAPPER.valueToTree(next()) : Json.MAPPER.readTree(next());
        } catch (IOException e) {
            throw unexpected();
        }
    }

    private String next() throws GraphException {
        String text = token.group();
        read(token.end());
        return text;
    }

    Document.Place place() {
        String before = query.substring(0, start);
        int line = (int) before.chars().filter(character -> character == '\n').count();
        return new Document.Place(line + 1, start - before.lastIndexOf('\n'));
    }

    GraphException unexpected() {
        Document.Place place = place();
        String found = atEnd() ? "end of the query" : "`" + query.charAt(start) + "`";
        return GraphException.syntax(
                "cannot read the query: found " + found + " at line " + place.line() + ", column " + place.column());
    }
}
