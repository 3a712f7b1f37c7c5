package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.localgithub.LocalGitHub;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.ResponseStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job as a newcomer runs it first. */
class CapitalsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CAPITALS = FerryProcess.PROJECT.resolve("examples/capitals.jsonl");

    @TempDir
    Path home;

    @Test
    void everyRequestIsAnsweredInRequestOrderWithTheKeysOfTheFormat() throws Exception {
        FerryProcess.run(home, "run", CAPITALS.toString(), "-o", "out.jsonl").expectExit(0);

        List<JsonNode> responses = lines(home.resolve("out.jsonl"));
        assertThat(responses)
                .extracting(r -> r.get("custom_id").asText())
                .containsExactly("cap-fr", "cap-jp", "cap-ke", "cap-pe", "cap-no");
        for (JsonNode response : responses) {
            List<String> keys = new ArrayList<>();
            response.fieldNames().forEachRemaining(keys::add);
            assertThat(keys)
                    .containsExactly(
                            "id",
                            "custom_id",
                            "response",
                            "error",
                            "status",
                            "text",
                            "token_usage",
                            "cost_usd",
                            "duration_ms",
                            "attempts",
                            "vendor",
                            "model");
            assertThat(response.at("/status").asText()).isEqualTo("succeeded");
            assertThat(response.at("/response/status_code").asInt()).isEqualTo(200);
            assertThat(response.at("/text").asText()).startsWith("What is the capital of");
            assertThat(response.at("/vendor").asText()).isEqualTo("echo");
        }
    }

    @Test
    void theResultsAreOnABranchOfTheEmbeddedRepositoryAndTheRunsLogSaysWhatWasStarted() throws Exception {
        FerryProcess.run(home, "run", CAPITALS.toString(), "-o", "out.jsonl").expectExit(0);

        Path journal = FerryProcess.batches(home).get(0);
        try (LocalGitHub github = Embedded.start(home);
                BranchSnapshot results = Embedded.git(github, home)
                        .fetch(new BranchName("eval-results/" + journal.getFileName()))
                        .orElseThrow()) {
            assertThat(results.paths()).containsExactly("progress.json", "responses-000-0000.jsonl", "summary.json");
            BatchSummary summary =
                    BatchSummary.parse(results.open("summary.json").readAllBytes());
            assertThat(summary.count(ResponseStatus.SUCCEEDED)).isEqualTo(5);
            String log = Embedded.jobLog(github, summary.runId());
            assertThat(log).contains("Run jdk=").contains("batch-runner.jar");
        }
    }

    @Test
    void aSecondRunOfAFinishedBatchIsABatchOfItsOwnWithTheSameAnswers() throws Exception {
        FerryProcess.run(home, "run", CAPITALS.toString(), "-o", "one.jsonl").expectExit(0);
        FerryProcess.run(home, "run", CAPITALS.toString(), "-o", "two.jsonl").expectExit(0);

        assertThat(texts(home.resolve("two.jsonl"))).isEqualTo(texts(home.resolve("one.jsonl")));
        assertThat(FerryProcess.batches(home)).hasSize(2);
    }

    @Test
    void plainLinesAndStandardInputGiveTheSameAnswers() throws Exception {
        FerryProcess.run(home, "run", CAPITALS.toString(), "-o", "lines.jsonl").expectExit(0);
        String plain = Files.readString(FerryProcess.PROJECT.resolve("examples/capitals-plain.jsonl"));
        FerryProcess.Result result =
                FerryProcess.runWithInput(home, plain, "run", "-", "-o", "-").expectExit(0);

        Files.writeString(home.resolve("plain.jsonl"), result.out());
        assertThat(texts(home.resolve("plain.jsonl"))).isEqualTo(texts(home.resolve("lines.jsonl")));
    }

    private static List<String> texts(Path file) throws Exception {
        return lines(file).stream()
                .map(r -> r.get("custom_id").asText() + ": " + r.get("text").asText())
                .toList();
    }

    static List<JsonNode> lines(Path file) throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
