package io.github.batchferry.localgithub.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.exchanges.Exchange;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The body of a refusal. GitHub refuses any call with 401, 403, 404 or 422 and describes that for few of them, so the shape
 * is checked here and not against the operation.
 */
final class ErrorShape {
    private static final Set<String> KEYS = Set.of("message", "documentation_url", "status", "errors", "url");

    private ErrorShape() {}

    static List<String> problems(Exchange exchange) {
        List<String> problems = new ArrayList<>();
        JsonNode body = body(exchange);
        if (!body.isObject()) {
            return List.of("the answer is an error and its body no object");
        }
        if (body.path("message").asText().isEmpty()) {
            problems.add("the error has no `message`");
        }
        if (!body.path("documentation_url").asText().startsWith("http")) {
            problems.add("the error has no `documentation_url`");
        }
        if (!body.path("status").asText().equals("" + exchange.status())) {
            problems.add("the error's `status` is not the text `" + exchange.status() + "`");
        }
        Set<String> others = new TreeSet<>();
        body.fieldNames().forEachRemaining(others::add);
        others.removeAll(KEYS);
        if (!others.isEmpty()) {
            problems.add("the error has keys that GitHub's have not: " + others);
        }
        if (body.path("message").asText().startsWith("the embedded GitHub failed")) {
            problems.add("the embedded GitHub broke down");
        }
        return problems;
    }

    private static JsonNode body(Exchange exchange) {
        try {
            return Json.MAPPER.readTree(exchange.response().body().text());
        } catch (IOException e) {
            return Json.MAPPER.missingNode();
        }
    }
}
