package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.batchferry.mockvendor.Fault;
import io.github.batchferry.mockvendor.MockOptions;
import io.github.batchferry.mockvendor.MockStats;
import io.github.batchferry.mockvendor.MockVendor;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.ResponseStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vendor at which everything that can go wrong goes wrong, each with one call in twenty. */
@SaysNothing("the runner, started by itself, speaks to a GitHub by git alone")
class FaultyVendorTest {
    private static final int REQUESTS = 300;
    private static final long SEED = 20260115;

    @TempDir
    Path folder;

    @Test
    void everyRequestEndsInOneResponseAndNothingIsAskedAfterItSucceeded() throws Exception {
        List<String> requests = IntStream.range(0, REQUESTS)
                .mapToObj(i -> "{\"custom_id\":\"r-" + i + "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\","
                        + "\"body\":{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + i + "\"}]}}")
                .toList();
        MockOptions faulty = MockOptions.standard()
                .withLatency(Duration.ofMillis(5))
                .withEveryFault(0.05)
                .withSeed(SEED);
        try (MockVendor vendor = MockVendor.start(faulty);
                RunnerJob job = RunnerJob.of(
                        folder, requests, vendor.baseUrl(), "max_concurrency: 100\nmax_attempts: 4\ntimeout: 5s\n")) {
            Process runner = job.start(folder.resolve("workspace"));

            assertThat(runner.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(runner.exitValue()).as(Files.readString(job.log())).isZero();

            Map<String, JsonNode> responses = responses(job);
            MockStats asked = vendor.stats();
            BatchSummary summary = job.summary().orElseThrow();
            long succeeded = count(responses, ResponseStatus.SUCCEEDED);
            assertThat(Fault.values())
                    .allSatisfy(fault ->
                            assertThat(asked.faults(fault)).as("%s", fault).isPositive());
            assertThat(responses).hasSize(REQUESTS);
            assertThat(asked.requestsAfterSuccess()).as("asked after success").isZero();
            assertThat(asked.paidDuplicates()).isZero();
            assertThat(summary.total()).isEqualTo(REQUESTS);
            assertThat(summary.count(ResponseStatus.SUCCEEDED)).isEqualTo(succeeded);
            assertThat(summary.count(ResponseStatus.ERRORED)).isEqualTo(REQUESTS - succeeded);
            assertThat(succeeded)
                    .as("a complete 200 counts, also where its JSON breaks off")
                    .isEqualTo(asked.good() + asked.faults(Fault.MALFORMED_JSON));
            assertThat(asked.requests())
                    .as("every attempt is recorded")
                    .isEqualTo(responses.values().stream()
                            .mapToLong(r -> r.get("attempts").asLong())
                            .sum());
            assertThat(summary.usage().input()).isEqualTo(asked.promptTokens());
            assertThat(summary.usage().output()).isEqualTo(asked.completionTokens());
            assertThat(succeeded)
                    .as("four attempts get almost everything through")
                    .isGreaterThan(REQUESTS * 9 / 10);
        }
    }

    private static Map<String, JsonNode> responses(RunnerJob job) throws Exception {
        ObjectMapper json = new ObjectMapper();
        Map<String, JsonNode> responses = new HashMap<>();
        for (String part : job.parts().values()) {
            for (String line : part.lines().toList()) {
                JsonNode response = json.readTree(line);
                assertThat(responses.put(response.get("custom_id").asText(), response))
                        .as("a second response to %s", response.get("custom_id"))
                        .isNull();
            }
        }
        return responses;
    }

    private static long count(Map<String, JsonNode> responses, ResponseStatus status) {
        return responses.values().stream()
                .filter(r -> r.get("status").asText().equals(status.toString()))
                .count();
    }
}
