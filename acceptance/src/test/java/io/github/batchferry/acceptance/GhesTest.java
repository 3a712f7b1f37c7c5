package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A GitHub Enterprise Server: the API below {@code /api/v3}, ten inputs, and no word on which run a dispatch made. */
class GhesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CAPITALS =
            FerryProcess.PROJECT.resolve("examples/capitals.jsonl").toString();

    @TempDir
    Path home;

    private RunnerRepositories runners;

    @BeforeEach
    void start() throws IOException {
        runners = new RunnerRepositories(home, Embedded.startEnterprise(home));
    }

    @AfterEach
    void stop() throws IOException {
        runners.close();
    }

    @Test
    void aRepositoryIsMadeOneThatAnswersABatchWhoseRunIsFoundByItsName() throws Exception {
        assertThat(runners.github.apiUrl().toString()).endsWith("/api/v3");
        runners.initRunner("--push").expectExit(0);

        runners.ferry("run", CAPITALS, "--target", RunnerRepositories.TARGET, "-o", "out.jsonl")
                .expectExit(0);

        assertThat(Files.readAllLines(home.resolve("out.jsonl"))).hasSize(5);
        assertThat(runners.repository.api().all(runners.repository.path("/actions/runs"), "workflow_runs"))
                .hasSize(1);
        List<JsonNode> taken = dispatches(204);
        assertThat(taken).hasSize(1);
        assertThat(taken.get(0).has("return_run_details")).isFalse();
        assertThat(taken.get(0).path("inputs").size()).isBetween(1, 10);
        assertThat(runners.doctor().out()).contains("ok\tserver:\tGHES 3.19.0\n");
    }

    /** The bodies of the dispatches that were answered with a status. */
    private static List<JsonNode> dispatches(int status) throws IOException {
        List<JsonNode> bodies = new ArrayList<>();
        try (Stream<Path> files = Files.list(Exchanges.folder())) {
            for (Path file : files.toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode exchange = JSON.readTree(line);
                    if (exchange.path("target").asText().endsWith("/dispatches")
                            && exchange.path("status").asInt() == status) {
                        bodies.add(
                                JSON.readTree(exchange.at("/request/body/text").asText()));
                    }
                }
            }
        }
        return bodies;
    }
}
