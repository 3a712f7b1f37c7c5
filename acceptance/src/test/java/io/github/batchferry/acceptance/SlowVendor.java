package io.github.batchferry.acceptance;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A vendor that takes its time and remembers what it was asked. */
final class SlowVendor implements Closeable {
    private static final String PATH = "/v1/chat/completions";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WireMockServer server = new WireMockServer(
            wireMockConfig().dynamicPort().bindAddress("127.0.0.1").containerThreads(64));

    SlowVendor(Duration delay) {
        server.start();
        server.stubFor(post(urlEqualTo(PATH))
                .willReturn(aResponse()
                        .withFixedDelay(Math.toIntExact(delay.toMillis()))
                        .withBody("{\"choices\":[{\"message\":{\"content\":\"answer\"}}]}")));
    }

    /** For {@code --openai-base-url}. */
    String baseUrl() {
        return server.baseUrl() + "/v1";
    }

    /** A file of questions, {@code r-0} and so on. */
    static void writeRequests(Path file, int count) throws IOException {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < count; i++) {
            requests.append("{\"id\":\"r-" + i + "\",\"prompt\":\"question " + i + "\",\"model\":\"gpt-x\"}\n");
        }
        Files.writeString(file, requests);
    }

    /** How often each question was asked. */
    Map<String, Integer> calls() throws IOException {
        Map<String, Integer> calls = new TreeMap<>();
        for (var request : server.findAll(postRequestedFor(urlEqualTo(PATH)))) {
            JsonNode body = JSON.readTree(request.getBody());
            calls.merge(body.at("/messages/0/content").asText(), 1, Integer::sum);
        }
        return calls;
    }

    void assertAskedOnceEach(int questions) throws IOException {
        assertThat(calls())
                .hasSize(questions)
                .allSatisfy((question, n) -> assertThat(n).as(question).isOne());
    }

    @Override
    public void close() {
        server.stop();
    }
}
