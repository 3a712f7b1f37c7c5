package io.github.batchferry.acceptance;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the client loses nothing, dispatches nothing twice and pays for no answer twice. */
class KilledClientTest {
    private static final int REQUESTS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path home;

    private final WireMockServer vendor = new WireMockServer(
            wireMockConfig().dynamicPort().bindAddress("127.0.0.1").containerThreads(64));
    private final List<FerryProcess> started = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        vendor.start();
        vendor.stubFor(post(urlEqualTo("/v1/chat/completions"))
                .willReturn(aResponse()
                        .withFixedDelay(400)
                        .withBody("{\"choices\":[{\"message\":{\"content\":\"answer\"}}]}")));
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < REQUESTS; i++) {
            requests.append("{\"id\":\"r-" + i + "\",\"prompt\":\"question " + i + "\",\"model\":\"gpt-x\"}\n");
        }
        Files.writeString(home.resolve("requests.jsonl"), requests);
    }

    @AfterEach
    void stop() {
        started.forEach(FerryProcess::kill);
        vendor.stop();
    }

    @Test
    void withAServerThatLivesOnCollectFindsEverythingAndThereWasOneDispatch() throws Exception {
        FerryProcess server = start(
                Map.of(), "local-github", "serve", "--openai-base-url", vendor.baseUrl() + "/v1", "--state", "github");
        Served served = Served.awaitIn(server, home);
        Files.writeString(home.resolve("targets.yaml"), served.targets());
        Map<String, String> token = Map.of(served.tokenVariable(), served.token());

        FerryProcess client = start(token, "run", "requests.jsonl", "--target", served.targetName());
        awaitCalls(1);
        String batch = onlyBatch();
        client.kill();

        await("the run goes on without the client")
                .atMost(Duration.ofSeconds(60))
                .until(() -> "completed".equals(run(served).path("status").asText()));
        FerryProcess.start(home, token, "", "collect", batch, "-o", "out.jsonl")
                .result()
                .expectExit(0);

        assertThat(Files.readAllLines(home.resolve("out.jsonl"))).hasSize(REQUESTS);
        assertThat(Embedded.runs(served.url(), served.token())
                        .path("total_count")
                        .asInt())
                .as("dispatches")
                .isEqualTo(1);
        assertThat(calls())
                .as("calls per question")
                .hasSize(REQUESTS)
                .allSatisfy((question, n) -> assertThat(n).isOne());
        server.terminate();
    }

    @Test
    void withTheEmbeddedServerInTheSameProcessResumeAsksNoAnsweredRequestAgain() throws Exception {
        FerryProcess client = start(Map.of(), "run", "requests.jsonl", "--openai-base-url", vendor.baseUrl() + "/v1");
        awaitCalls(20);
        String batch = onlyBatch();
        client.kill();

        FerryProcess.Result resumed =
                FerryProcess.run(home, "resume", batch, "-o", "out.jsonl").expectExit(0);

        assertThat(Files.readAllLines(home.resolve("out.jsonl")))
                .as("%s", resumed)
                .hasSize(REQUESTS);
        Map<String, Integer> calls = calls();
        int repeated = calls.values().stream().mapToInt(n -> n - 1).sum();
        assertThat(calls).hasSize(REQUESTS);
        assertThat(repeated)
                .as("requests asked again: at most those under way when the runner was stopped")
                .isLessThanOrEqualTo(8);
    }

    private FerryProcess start(Map<String, String> environment, String... arguments) {
        FerryProcess process = FerryProcess.start(home, environment, "", arguments);
        started.add(process);
        return process;
    }

    private void awaitCalls(int atLeast) {
        await(atLeast + " calls at the vendor")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> vendor.getAllServeEvents().size() >= atLeast);
    }

    private Map<String, Integer> calls() throws IOException {
        Map<String, Integer> calls = new TreeMap<>();
        for (var request : vendor.findAll(postRequestedFor(urlEqualTo("/v1/chat/completions")))) {
            JsonNode body = JSON.readTree(request.getBody());
            calls.merge(body.at("/messages/0/content").asText(), 1, Integer::sum);
        }
        return calls;
    }

    private String onlyBatch() throws IOException {
        List<Path> batches = FerryProcess.batches(home);
        assertThat(batches).hasSize(1);
        return batches.get(0).getFileName().toString();
    }

    private static JsonNode run(Served served) throws Exception {
        return Embedded.runs(served.url(), served.token()).at("/workflow_runs/0");
    }
}
