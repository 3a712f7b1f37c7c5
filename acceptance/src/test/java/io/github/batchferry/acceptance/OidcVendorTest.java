package io.github.batchferry.acceptance;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.batchferry.localgithub.LocalGitHub;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.workflow.RunnerRepositoryFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped workflow and runner ask a vendor with no stored key: the job's identity is exchanged for a token. */
class OidcVendorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MINTED = "sk-ant-oat01-9f3c1e7b5a";
    private static final String AUDIENCE = "https://vendor.example/acceptance?x=1&y";
    private static final String JOB = "Answer the batch";

    @TempDir
    Path home;

    private final WireMockServer vendor =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
    private final List<JsonNode> proven = new CopyOnWriteArrayList<>();

    private ServedGitHub server;
    private HttpServer exchange;
    private Repository repository;

    @BeforeEach
    void start() throws IOException {
        vendor.start();
        vendor.stubFor(post(anyUrl())
                .willReturn(aResponse()
                        .withBody("{\"content\":[{\"type\":\"text\",\"text\":\"you came with " + MINTED
                                + "\"}],\"usage\":{\"input_tokens\":3,\"output_tokens\":4}}")));
        try (LocalGitHub github = Embedded.start(home)) {
            github.createRepository("acme", "runner");
            github.commit(
                    "acme",
                    "runner",
                    "Install the batch runner",
                    Map.of(BatchFiles.RUNNER_JAR, RunnerRepositoryFiles.batchRunnerJar()));
        }
        server = ServedGitHub.start(home);
        exchange = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        exchange.createContext("/oauth/token", this::exchange);
        exchange.start();
        repository = new Repository(server.api(), "acme/runner");
        repository.commit(BatchFiles.VENDORS, """
                vendors:
                  - name: claude
                    kind: anthropic
                    base_url: %s
                    models: ["claude-*"]
                    oidc:
                      exchange: anthropic
                      federation_rule_id: fdrl_1
                      organization_id: org-1
                      audience: %s
                      token_url: http://127.0.0.1:%d/oauth/token
                """.formatted(
                        vendor.baseUrl(), AUDIENCE, exchange.getAddress().getPort()));
        Files.writeString(
                home.resolve("targets.yaml"), """
                targets:
                  - name: oidc
                    provider: github-actions
                    api_url: %s
                    repo: acme/runner
                    workflow: run-evals.yml
                    token_env: SERVED_TOKEN
                    poll_interval: 1s
                """.formatted(server.api().root()));
        Files.writeString(
                home.resolve("requests.jsonl"),
                "{\"custom_id\":\"one\",\"method\":\"POST\",\"url\":\"/v1/messages\",\"body\":{\"model\":\"claude-x\","
                        + "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"who am I?\"}]}}\n");
    }

    @AfterEach
    void stop() {
        server.close();
        exchange.stop(0);
        vendor.stop();
    }

    /** What Anthropic does: gives a token to whom its rule knows, and to nobody else. */
    private void exchange(HttpExchange http) throws IOException {
        JsonNode asked = JSON.readTree(http.getRequestBody().readAllBytes());
        String answer;
        int status = 200;
        try {
            JsonNode claims = SignedIdentity.claims(
                    asked.path("assertion").asText(), server.api().root() + "/_oidc");
            assertThat(claims.path("aud").asText()).isEqualTo(AUDIENCE);
            assertThat(claims.path("sub").asText()).isEqualTo("repo:acme/runner:environment:batchferry");
            assertThat(asked.path("federation_rule_id").asText()).isEqualTo("fdrl_1");
            proven.add(claims);
            answer = "{\"access_token\":\"" + MINTED + "\",\"token_type\":\"Bearer\",\"expires_in\":600}";
        } catch (GeneralSecurityException | RuntimeException | AssertionError e) {
            status = 401;
            answer = JSON.createObjectNode()
                    .put("error", "invalid_grant")
                    .put("error_description", e.toString())
                    .toString();
        }
        byte[] bytes = answer.getBytes(UTF_8);
        http.sendResponseHeaders(status, bytes.length);
        http.getResponseBody().write(bytes);
        http.close();
    }

    private FerryProcess.Result ferryRun() {
        return FerryProcess.start(
                        home,
                        Map.of("SERVED_TOKEN", server.api().token()),
                        "",
                        "run",
                        "requests.jsonl",
                        "--target",
                        "oidc",
                        "-o",
                        "out.jsonl")
                .result();
    }

    private static String workflow() {
        return new String(RunnerRepositoryFiles.workflow(), UTF_8);
    }

    private long onlyRun() {
        List<JsonNode> runs = server.api().all(repository.path("/actions/runs"), "workflow_runs");
        assertThat(runs).hasSize(1);
        return runs.get(0).path("id").asLong();
    }

    @Test
    void theVendorSeesATokenForTheJobsIdentityAndNothingElseEverHoldsIt() throws Exception {
        repository.workflow(
                "run-evals.yml", workflow().replace("  contents: write\n", "  contents: write\n  id-token: write\n"));

        FerryProcess.Result result = ferryRun().expectExit(0);

        vendor.verify(
                1,
                postRequestedFor(urlEqualTo("/v1/messages"))
                        .withHeader("Authorization", equalTo("Bearer " + MINTED))
                        .withHeader("anthropic-beta", equalTo("oauth-2025-04-20"))
                        .withoutHeader("x-api-key"));
        assertThat(proven).hasSize(1);
        assertThat(proven.get(0).path("run_id").asLong()).isEqualTo(onlyRun());
        JsonNode response = CapitalsTest.lines(home.resolve("out.jsonl")).get(0);
        assertThat(response.path("text").asText()).isEqualTo("you came with ***");
        assertThat(response.path("token_usage").path("input").asInt()).isEqualTo(3);
        String log = repository.log(onlyRun(), JOB);
        assertThat(log).contains("answered 1 of 1");
        assertThat(log + result + branch(response)).doesNotContain(MINTED);
        assertThat(filesHolding(MINTED)).isEmpty();
    }

    @Test
    void aWorkflowWithoutThePermissionIsToldWhichLineItLacks() throws Exception {
        repository.workflow("run-evals.yml", workflow());

        assertThat(ferryRun().exit()).isNotZero();

        assertThat(repository.awaitEnd(onlyRun())).isEqualTo("failure");
        assertThat(repository.log(onlyRun(), JOB)).contains("add the line `id-token: write` under permissions:");
        assertThat(vendor.getAllServeEvents()).isEmpty();
        assertThat(proven).isEmpty();
    }

    /** The responses as they were committed. */
    private String branch(JsonNode response) throws IOException {
        String id = FerryProcess.batches(home).get(0).getFileName().toString();
        JsonNode file = server.api().get(repository.path("/contents/responses-000-0000.jsonl?ref=eval-results/" + id));
        String content =
                new String(Base64.getMimeDecoder().decode(file.path("content").asText()), UTF_8);
        assertThat(content).contains(response.path("id").asText());
        return content;
    }

    private List<Path> filesHolding(String text) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> holds(file, text))
                    .toList();
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file, ISO_8859_1).contains(text);
        } catch (IOException e) {
            // a lock that its owner removed meanwhile
            return false;
        }
    }
}
