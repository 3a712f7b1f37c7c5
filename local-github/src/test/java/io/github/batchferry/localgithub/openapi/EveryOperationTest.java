package io.github.batchferry.localgithub.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.exchanges.Exchange;
import io.github.batchferry.localgithub.exchanges.Exchange.Content;
import io.github.batchferry.localgithub.exchanges.Exchange.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A description that the validator cannot read would let everything pass, or nothing. */
class EveryOperationTest {
    private static final List<String> SUCCESSES = List.of("200", "201", "202");

    /** An answer that is described. */
    private record Described(String method, String path, int status) {
        boolean hasRequiredFields(JsonNode spec) {
            JsonNode answer =
                    spec.path("paths").path(path).path(method).path("responses").path("" + status);
            JsonNode schema = resolved(spec, resolved(spec, answer).at("/content/application~1json/schema"));
            return schema.path("required").size() > 0;
        }

        List<String> problems(String answer) {
            Content nothing = new Content("", false, 0, false);
            return GitHubSpec.get()
                    .problems(new Exchange(
                            Instant.EPOCH,
                            0,
                            method.toUpperCase(Locale.ROOT),
                            path.replaceAll("\\{[^}]+}", "1"),
                            new Message(Map.of(), nothing),
                            status,
                            new Message(
                                    Map.of("Content-Type", "application/json"),
                                    new Content(answer, false, answer.length(), false)),
                            true));
        }
    }

    @Test
    void everySchemaCanBeReadAndNoneWithRequiredFieldsLetsNothingPass() {
        JsonNode spec = GitHubSpec.read();
        List<Described> all = all(spec);
        List<String> unread = new ArrayList<>();
        List<Described> passed = new ArrayList<>();
        for (Described each : all) {
            List<String> problems = each.problems("{}");
            problems.stream()
                    .filter(problem -> problem.contains("Invalid JSON Schema") || problem.contains("error occurred"))
                    .forEach(problem -> unread.add(each + ": " + problem));
            if (each.hasRequiredFields(spec)
                    && problems.stream().noneMatch(problem -> problem.contains("missing required"))) {
                passed.add(each);
            }
        }

        assertThat(all).filteredOn(each -> each.hasRequiredFields(spec)).hasSizeGreaterThan(150);
        assertThat(unread).isEmpty();
        assertThat(passed).isEmpty();
    }

    private static List<Described> all(JsonNode spec) {
        List<Described> described = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : spec.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                SUCCESSES.stream()
                        .filter(operation.getValue().path("responses")::has)
                        .map(status -> new Described(operation.getKey(), path.getKey(), Integer.parseInt(status)))
                        .forEach(described::add);
            }
        }
        return described;
    }

    private static JsonNode resolved(JsonNode spec, JsonNode node) {
        return node.has("$ref") ? spec.at(node.path("$ref").asText().substring(1)) : node;
    }
}
