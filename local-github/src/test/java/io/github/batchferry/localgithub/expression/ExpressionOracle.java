package io.github.batchferry.localgithub.expression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * Compares every expression of the table with what GitHub's own package makes of it. Not part of the plain tests: the
 * expected values are made by {@code .ci/expressions/check}, which starts this.
 */
class ExpressionOracle {
    private static final String EXPECTED = "batchferry.expressions.expected";
    private static final int LEAST = 300;

    @Test
    void expressionsGiveWhatGitHubsPackageGives() throws IOException {
        JsonNode documents = resource("contexts.json");
        List<String> table = lines(new String(bytes("oracle.jsonl"), UTF_8));
        List<String> expected = lines(Files.readString(expectedFile()));
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.min(table.size(), expected.size()); i++) {
            difference(documents, Json.MAPPER.readTree(table.get(i)), Json.MAPPER.readTree(expected.get(i)))
                    .ifPresent(differences::add);
        }

        assertThat(expected).as("expected values").hasSameSizeAs(table).hasSizeGreaterThanOrEqualTo(LEAST);
        assertThat(table).as("different expressions").doesNotHaveDuplicates();
        assertThat(differences)
                .as("differences in %d expressions", table.size())
                .isEmpty();
    }

    private static Optional<String> difference(JsonNode documents, JsonNode line, JsonNode expected) {
        assertThat(expected.get("expression")).isEqualTo(line.get("expression"));
        assertThat(expected.get("in")).isEqualTo(line.get("in"));
        String theirs = expected.has("error")
                ? expected.get("error").asText() + " error"
                : describeExpected(expected.get("value"));
        String text = line.get("expression").asText();
        String ours = outcome(text, new Documents(documents.get(line.get("in").asText())));
        return ours.equals(theirs)
                ? Optional.empty()
                : Optional.of(line.get("in").asText() + ": " + text + "\n    GitHub: " + theirs
                        + expected.path("message").asText("").replaceFirst("^(?=.)", ": ") + "\n    here:   " + ours);
    }

    private static String outcome(String text, Documents scope) {
        try {
            Vocabulary vocabulary = new Vocabulary(scope.vocabulary().contexts(), Set.of());
            return describe(Expression.parse(text, vocabulary).evaluate(scope));
        } catch (ExpressionSyntaxException e) {
            return "syntax error";
        } catch (ExpressionException e) {
            return "evaluation error";
        }
    }

    /** A value with the kinds of all that is in it, keys in their order. */
    private static String describe(JsonNode value) {
        if (value.isArray()) {
            return "Array "
                    + items(value).stream().map(ExpressionOracle::describe).toList();
        }
        if (value.isObject()) {
            return "Object "
                    + value.properties().stream()
                            .map(entry -> entry.getKey() + ": " + describe(entry.getValue()))
                            .toList();
        }
        if (value.isNumber()) {
            return "Number " + (value.doubleValue() + 0.0);
        }
        return value.getNodeType() + " " + value;
    }

    private static String describeExpected(JsonNode expected) {
        JsonNode value = expected.path("value");
        return switch (expected.get("kind").asText()) {
            case "Null" -> "NULL null";
            case "Boolean" -> "BOOLEAN " + value;
            case "String" -> "STRING " + value;
            case "Number" -> "Number " + (Double.parseDouble(value.asText()) + 0.0);
            case "Array" ->
                "Array "
                        + items(value).stream()
                                .map(ExpressionOracle::describeExpected)
                                .toList();
            case "Dictionary" ->
                "Object "
                        + items(value).stream()
                                .map(pair -> pair.get(0).asText() + ": " + describeExpected(pair.get(1)))
                                .toList();
            default -> throw new AssertionError("unknown kind in " + expected);
        };
    }

    private static List<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static Path expectedFile() {
        String file = System.getProperty(EXPECTED);
        assertThat(file)
                .as("system property %s, set by .ci/expressions/check", EXPECTED)
                .isNotNull();
        return Path.of(file);
    }

    private static List<String> lines(String text) {
        return text.lines().filter(line -> !line.isEmpty()).toList();
    }

    private static JsonNode resource(String name) throws IOException {
        return Json.MAPPER.readTree(bytes(name));
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = ExpressionOracle.class.getResourceAsStream("/expressions/" + name)) {
            return in.readAllBytes();
        }
    }
}
