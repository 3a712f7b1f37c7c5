package io.github.batchferry.localgithub.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A scope whose contexts are the properties of one JSON document, and whose functions answer with their arguments. */
record Documents(JsonNode contexts) implements Scope {
    private static final Set<String> FUNCTIONS = Set.of("success", "failure", "always", "cancelled", "hashFiles");

    static Documents of(String json) {
        try {
            return new Documents(Json.MAPPER.readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Vocabulary vocabulary() {
        return new Vocabulary(names(), FUNCTIONS);
    }

    Expression parse(String text) {
        try {
            return Expression.parse(text, vocabulary());
        } catch (ExpressionSyntaxException e) {
            throw new AssertionError("cannot parse `" + text + "`", e);
        }
    }

    JsonNode evaluate(String text) {
        return parse(text).evaluate(this);
    }

    String text(String text) {
        return Values.text(evaluate(text));
    }

    private Set<String> names() {
        return contexts.properties().stream().map(entry -> entry.getKey()).collect(Collectors.toSet());
    }

    @Override
    public JsonNode context(String name) {
        return contexts.get(name);
    }

    @Override
    public JsonNode call(String function, List<JsonNode> arguments) {
        return JsonNodeFactory.instance.arrayNode().add(function).addAll(arguments);
    }
}
