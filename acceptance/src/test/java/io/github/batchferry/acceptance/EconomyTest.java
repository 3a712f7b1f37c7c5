package io.github.batchferry.acceptance;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.localgithub.LocalGitHub;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch that goes through the vendor's own batch API, from the command line and back. */
class EconomyTest {
    @TempDir
    Path home;

    private final WireMockServer vendor =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() throws Exception {
        vendor.start();
        Files.writeString(home.resolve("requests.jsonl"), line("one") + line("two"));
        answer("/v1/files", "{\"id\":\"file-1\"}");
        answer("/v1/batches", "{\"id\":\"batch_1\"}");
        answer("/v1/batches/batch_1/cancel", "{\"id\":\"batch_1\"}");
        look("completed", "\"out-1\"");
        vendor.stubFor(get(urlEqualTo("/v1/files/out-1/content"))
                .willReturn(aResponse().withBody(result("two") + result("one"))));
    }

    @AfterEach
    void stop() {
        vendor.stop();
    }

    private static String line(String id) {
        return "{\"custom_id\":\"" + id + "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":"
                + "{\"model\":\"gpt-x\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}}\n";
    }

    private static String result(String id) {
        return "{\"id\":\"batch_req_1\",\"custom_id\":\"" + id
                + "\",\"response\":{\"status_code\":200,\"request_id\":\"r\","
                + "\"body\":{\"choices\":[{\"message\":{\"content\":\"answer " + id + "\"}}],\"usage\":{"
                + "\"prompt_tokens\":3,\"completion_tokens\":2}}},\"error\":null}\n";
    }

    private void answer(String url, String body) {
        vendor.stubFor(post(urlEqualTo(url)).willReturn(aResponse().withBody(body)));
    }

    private void look(String status, String output) {
        vendor.stubFor(get(urlEqualTo("/v1/batches/batch_1"))
                .willReturn(aResponse()
                        .withBody("{\"id\":\"batch_1\",\"status\":\"" + status + "\",\"output_file_id\":" + output
                                + "}")));
    }

    private String server() {
        return vendor.baseUrl() + "/v1";
    }

    @Test
    void theSameInputGivesTheSameResultLines() throws Exception {
        FerryProcess.run(home, "run", "requests.jsonl", "--economy", "--openai-base-url", server(), "-o", "out.jsonl")
                .expectExit(0);

        List<JsonNode> responses = CapitalsTest.lines(home.resolve("out.jsonl"));
        assertThat(responses)
                .extracting(
                        r -> r.get("custom_id").asText() + ": " + r.get("text").asText())
                .containsExactly("one: answer one", "two: answer two");
        assertThat(responses.get(0).at("/token_usage/input").asInt()).isEqualTo(3);
        vendor.verify(1, postRequestedFor(urlEqualTo("/v1/files")).withRequestBody(containing(line("one"))));
        vendor.verify(
                1,
                postRequestedFor(urlEqualTo("/v1/batches"))
                        .withRequestBody(containing("\"endpoint\":\"/v1/chat/completions\"")));
    }

    @Test
    void aKilledRunIsFollowedByOneThatGoesOnLooking() throws Exception {
        String batch = killedWhileTheVendorWorks();
        look("completed", "\"out-1\"");

        FerryProcess.run(home, "resume", batch, "-o", "out.jsonl").expectExit(0);

        assertThat(CapitalsTest.lines(home.resolve("out.jsonl"))).hasSize(2);
        vendor.verify(1, postRequestedFor(urlEqualTo("/v1/batches")));
    }

    @Test
    void cancellingReachesTheVendorAlsoWhenNoRunIsLeft() throws Exception {
        String batch = killedWhileTheVendorWorks();
        look("cancelled", "\"out-2\"");
        vendor.stubFor(get(urlEqualTo("/v1/files/out-2/content"))
                .willReturn(aResponse().withBody(result("two"))));

        FerryProcess.run(home, "cancel", batch, "-o", "out.jsonl").expectExit(3);

        vendor.verify(1, postRequestedFor(urlEqualTo("/v1/batches/batch_1/cancel")));
        vendor.verify(1, postRequestedFor(urlEqualTo("/v1/batches")));
        assertThat(CapitalsTest.lines(home.resolve("out.jsonl")))
                .extracting(
                        r -> r.get("custom_id").asText() + " " + r.get("status").asText())
                .containsExactly("one cancelled", "two succeeded");
    }

    /** Kills the client, and with it the embedded GitHub, once it is known which batch the vendor has. */
    private String killedWhileTheVendorWorks() throws Exception {
        look("in_progress", "null");
        FerryProcess client = FerryProcess.start(
                home, Map.of(), "", "run", "requests.jsonl", "--economy", "--openai-base-url", server());
        await("a look at the vendor's batch")
                .atMost(Duration.ofSeconds(60))
                .until(() -> vendor.getAllServeEvents().stream()
                        .anyMatch(call -> call.getRequest().getUrl().equals("/v1/batches/batch_1")));
        String batch = FerryProcess.batches(home).get(0).getFileName().toString();
        client.terminate();
        client.result();
        assertThat(ledger(batch)).contains("\"vendor_batch\" : \"batch_1\"");
        return batch;
    }

    private String ledger(String batch) throws Exception {
        try (LocalGitHub github = Embedded.start(home)) {
            Optional<BranchSnapshot> results =
                    Embedded.git(github, home).fetch(new BranchName("eval-results/" + batch));
            try (BranchSnapshot snapshot = results.orElseThrow()) {
                return new String(snapshot.open("economy.json").readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
