package io.github.batchferry.acceptance;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same job through the openai adapter: an OpenAI-compatible server by one setting, a key as a repository secret. */
class RealInferenceTest {
    private static final String KEY = "sk-acceptance-5f1c9e7a2b";
    private static final String BODY =
            "{\"model\":\"gpt-x\",\"temperature\":1e0, \"top_p\":0.10,\"messages\":[{\"role\":\"user\",\"content\":\"h\\u00e9\"}]}";

    @TempDir
    Path home;

    private final WireMockServer vendor =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() throws Exception {
        vendor.start();
        Files.writeString(
                home.resolve("requests.jsonl"),
                "{\"custom_id\":\"one\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":" + BODY + "}\n");
    }

    @AfterEach
    void stop() {
        vendor.stop();
    }

    @Test
    void oneSettingPointsATargetAtAnyOpenAiCompatibleServer() throws Exception {
        answer(
                200,
                "{\"id\":\"c-1\",\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"}}],"
                        + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}");
        Files.writeString(home.resolve("targets.yaml"), """
                targets:
                  - name: mine
                    provider: local-github
                    openai_base_url: %s/v1
                """.formatted(vendor.baseUrl()));

        FerryProcess.run(home, "run", "requests.jsonl", "--target", "mine", "-o", "out.jsonl")
                .expectExit(0);

        JsonNode response = CapitalsTest.lines(home.resolve("out.jsonl")).get(0);
        assertThat(response.get("text").asText()).isEqualTo("Hello");
        assertThat(response.get("vendor").asText()).isEqualTo("openai");
        assertThat(response.at("/token_usage/input").asInt()).isEqualTo(3);
        LoggedRequest call = onlyCall();
        assertThat(call.getBodyAsString()).as("the body is sent byte for byte").isEqualTo(BODY);
        assertThat(call.containsHeader("Authorization"))
                .as("no key is configured, none is sent")
                .isFalse();
    }

    @Test
    void theKeyComesFromTheRepositorysSecretsAndReachesTheVendorOnly() throws Exception {
        answer(200, "{\"choices\":[{\"message\":{\"content\":\"your key is " + KEY + "\"}}]}");
        FerryProcess.runWithInput(home, KEY + "\n", "local-github", "secret", "set", "OPENAI_API_KEY")
                .expectExit(0);

        FerryProcess.Result result = FerryProcess.run(
                        home, "run", "requests.jsonl", "--openai-base-url", vendor.baseUrl() + "/v1", "-o", "out.jsonl")
                .expectExit(0);

        vendor.verify(postRequestedFor(urlEqualTo("/v1/chat/completions"))
                .withHeader("Authorization", equalTo("Bearer " + KEY)));
        assertThat(result.toString()).doesNotContain(KEY);
        assertThat(filesHolding(KEY))
                .as("only the secret store holds the key")
                .allMatch(f -> f.toString().contains("secret"));
    }

    @Test
    void theRunnerIsAProcessOfItsOwnBelowTheWorkflowsShell() {
        vendor.stubFor(post(urlEqualTo("/v1/chat/completions"))
                .willReturn(aResponse().withFixedDelay(3000).withBody("{\"choices\":[{\"message\":{}}]}")));
        FerryProcess ferry = FerryProcess.start(
                home, Map.of(), "", "run", "requests.jsonl", "--openai-base-url", vendor.baseUrl() + "/v1");
        await("the call at the vendor")
                .atMost(Duration.ofSeconds(60))
                .until(() -> !vendor.getAllServeEvents().isEmpty());

        List<String> commands = ferry.descendants().stream()
                .map(process -> process.info().commandLine().orElse(""))
                .toList();

        assertThat(commands)
                .as("bash starts the script of the step")
                .anyMatch(command -> command.contains("bash") && !command.contains("java "))
                .as("which starts the runner")
                .anyMatch(command -> command.contains("-Xmx256m") && command.endsWith("/batch-runner.jar"));
        ferry.result().expectExit(0);
        assertThat(ferry.descendants()).isEmpty();
    }

    @Test
    void aVendorThatRefusesIsAResponseLikeAnyOtherAndTheExitCodeSaysSo() throws Exception {
        answer(400, "{\"error\":{\"message\":\"no such model\"}}");

        FerryProcess.Result result = FerryProcess.run(
                        home, "run", "requests.jsonl", "--openai-base-url", vendor.baseUrl() + "/v1", "-o", "out.jsonl")
                .expectExit(3);

        JsonNode response = CapitalsTest.lines(home.resolve("out.jsonl")).get(0);
        assertThat(response.get("status").asText()).isEqualTo("errored");
        assertThat(response.at("/response/status_code").asInt()).isEqualTo(400);
        assertThat(response.at("/response/body/error/message").asText()).isEqualTo("no such model");
        assertThat(result.out()).contains("errored");
    }

    private void answer(int status, String body) {
        vendor.stubFor(post(urlEqualTo("/v1/chat/completions"))
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", "application/json")
                        .withBody(body)));
    }

    private LoggedRequest onlyCall() {
        List<LoggedRequest> calls = vendor.findAll(postRequestedFor(urlEqualTo("/v1/chat/completions")));
        assertThat(calls).hasSize(1);
        return calls.get(0);
    }

    private List<Path> filesHolding(String text) throws IOException {
        byte[] needle = text.getBytes(UTF_8);
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .filter(f -> contains(f, needle))
                    .toList();
        }
    }

    private static boolean contains(Path file, byte[] needle) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
                    .contains(new String(needle, java.nio.charset.StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
