package io.github.batchferry.runner;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.batchferry.git.GitException;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.TokenUsage;
import io.github.batchferry.wire.json.RawJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class OpenAiBatchTest {
    private static final String KEY = "sk-proj-\"quoted\"/secret";
    private static final String ANSWER =
            "{\"id\":\"c-1\",\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Par\\u0069s\"}}],"
                    + "\"usage\":{\"prompt_tokens\":1e1,\"completion_tokens\":3,\"prompt_tokens_details\":"
                    + "{\"cached_tokens\":4},\"completion_tokens_details\":{\"reasoning_tokens\":2}}}";

    @RegisterExtension
    static final WireMockExtension VENDOR = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @RegisterExtension
    static final WireMockExtension STRANGER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @TempDir
    Path folder;

    private TestJob job;

    @BeforeEach
    void aRunnerRepositoryWithOneVendor() throws IOException {
        job = new TestJob(folder)
                .variable("CLOUD_KEY", KEY + "\n")
                .vendors("vendors:\n  - name: cloud\n    kind: openai\n    base_url: " + VENDOR.baseUrl() + "/v1/\n"
                        + "    key_env: CLOUD_KEY\n    models: [\"*\"]\n    max_attempts: 2\n    timeout: 2s\n");
    }

    private ResponseLine answerOne(String body) throws IOException {
        job.requests(List.of(
                "{\"custom_id\":\"r\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":" + body + "}"));
        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);
        assertThat(job.responses()).hasSize(1);
        return job.responses().get(0);
    }

    private ResponseLine answerOne() throws IOException {
        return answerOne("{\"model\":\"m\"}");
    }

    private static void firstThen(ResponseDefinitionBuilder first, ResponseDefinitionBuilder then) {
        VENDOR.stubFor(post(anyUrl())
                .inScenario("s")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(first)
                .willSetStateTo("later"));
        VENDOR.stubFor(
                post(anyUrl()).inScenario("s").whenScenarioStateIs("later").willReturn(then));
    }

    private static ResponseDefinitionBuilder good() {
        return aResponse().withBody(ANSWER);
    }

    @Test
    void sendsTheBodyByteForByteWithTheKeyAndRecordsTheAnswerByteForByte() throws IOException {
        VENDOR.stubFor(post(anyUrl()).willReturn(good().withHeader("x-request-id", "req_7")));
        String body = "{ \"model\":\"gpt-x\", \"temperature\":1e2,\"x\":0.10,\"big\":123456789012345678901234567890,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"caf\\u00e9 \\/ é 😀\"}]}";

        ResponseLine response = answerOne(body);

        LoggedRequest sent = VENDOR.findAll(postRequestedFor(urlEqualTo("/v1/chat/completions")))
                .get(0);
        assertThat(sent.getBody()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
        assertThat(sent.getHeader("Authorization")).isEqualTo("Bearer " + KEY);
        assertThat(sent.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(sent.containsHeader("Accept-Encoding")).isFalse();
        assertThat(sent.containsHeader("Upgrade")).isFalse();
        assertThat(response.answer()).hasValueSatisfying(answer -> {
            assertThat(answer.body()).hasToString(ANSWER);
            assertThat(answer.requestId()).contains("req_7");
        });
        assertThat(response.text()).contains("Paris");
        assertThat(response.usage()).contains(new TokenUsage(10, 3, 4, 0, 2));
        assertThat(response.status()).isEqualTo(ResponseStatus.SUCCEEDED);
    }

    private void refusing(String message) {
        String body = "{\"error\":{\"message\":" + RawJson.ofText(message) + "}}";
        VENDOR.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(401).withBody(body)));
    }

    @ParameterizedTest
    @ValueSource(ints = {450, 475, 490, 950, 965, 980})
    void noPieceOfAKeyIsLeftWhereALongMessageIsCut(int before) throws IOException {
        refusing("x".repeat(before) + KEY + "x".repeat(5000));

        String error = answerOne().error().orElseThrow().message();

        assertThat(error).startsWith("the vendor answered 401: xxx").hasSizeLessThan(1100);
        assertThat(error + job.page() + job.printed()).doesNotContain("x" + KEY.charAt(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "y"})
    void aLongMessageIsNotCutWithinACharacter(String first) throws IOException {
        refusing(first + "\ud83d\ude00".repeat(1000));

        assertThat(answerOne().error().orElseThrow().message()).endsWith("\ud83d\ude00…");
    }

    @Test
    void anAnswerWithHalfASurrogatePairIsKept() throws IOException {
        VENDOR.stubFor(post(anyUrl())
                .willReturn(aResponse()
                        .withBody("{\"choices\":[{\"message\":{\"content\":\"a\\ud83d sk-proj-"
                                + "\\\"quoted\\\"/secret\"}}]}")));

        ResponseLine response = answerOne();

        assertThat(response.status()).isEqualTo(ResponseStatus.SUCCEEDED);
        assertThat(response.text().orElseThrow()).startsWith("a").endsWith(" ***");
    }

    @Test
    void asksServersWithoutKeysWithoutAuthorization() throws IOException {
        VENDOR.stubFor(post(anyUrl()).willReturn(good()));
        job.vendors("vendors:\n  - name: local\n    kind: openai\n    base_url: " + VENDOR.baseUrl()
                + "\n    models: [\"*\"]\n");

        answerOne();

        LoggedRequest sent = VENDOR.findAll(postRequestedFor(urlEqualTo("/v1/chat/completions")))
                .get(0);
        assertThat(sent.containsHeader("Authorization")).isFalse();
    }

    @Test
    void followsNoRedirectAndSendsTheKeyToNobodyElse() throws IOException {
        STRANGER.stubFor(post(anyUrl()).willReturn(good()));
        VENDOR.stubFor(post(anyUrl())
                .willReturn(aResponse().withStatus(307).withHeader("Location", STRANGER.baseUrl() + "/v1/x")));

        ResponseLine response = answerOne();

        assertThat(STRANGER.getAllServeEvents()).isEmpty();
        assertThat(response.attempts()).isEqualTo(1);
        assertThat(response.error())
                .hasValueSatisfying(e -> assertThat(e.message()).contains("307").contains("correct base_url"));
    }

    @Test
    void hidesSecretsThatAVendorEchoes() throws IOException {
        String escaped = KEY.replace("\"", "\\u0022").replace("/", "\\/");
        VENDOR.stubFor(post(anyUrl())
                .willReturn(aResponse()
                        .withStatus(401)
                        .withHeader("x-request-id", KEY)
                        .withBody("{\"error\":{\"message\":\"bad key " + escaped + " and " + TestJob.TOKEN
                                + "\"},\"n\":1e2}")));

        ResponseLine response = answerOne();

        assertThat(response.answer()).hasValueSatisfying(answer -> {
            assertThat(answer.body()).hasToString("{\"error\":{\"message\":\"bad key *** and ***\"},\"n\":1e2}");
            assertThat(answer.requestId()).contains("***");
        });
        assertThat(response.error())
                .contains(new ResponseLine.Failure("http_error", "the vendor answered 401: bad key *** and ***"));
        assertThat(job.page() + job.printed()).doesNotContain("secret").doesNotContain(TestJob.TOKEN);
        assertThat(job.page()).contains("bad key &#42;&#42;&#42;");
    }

    @Test
    void refusesAKeyThatNoHeaderCanCarryWithoutShowingIt() throws IOException {
        job.variable("CLOUD_KEY", "sk-first-line\nsk-second-line").requests(List.of(TestJob.echo("r", "x")));

        assertThat(job.run()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(job.printed())
                .contains("CLOUD_KEY, which holds a space, a line break or another character that no HTTP header")
                .doesNotContain("sk-");
    }

    @Test
    void aServerErrorIsTriedAgain() throws IOException {
        firstThen(aResponse().withStatus(500), good());

        assertThat(answerOne().attempts()).isEqualTo(2);
    }

    @Test
    void aResetConnectionIsTriedAgain() throws IOException {
        firstThen(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), good());

        assertThat(answerOne().status()).isEqualTo(ResponseStatus.SUCCEEDED);
    }

    @Test
    void anAnswerThatStallsInItsBodyEndsAtTheVendorsTimeout() throws IOException {
        firstThen(good().withChunkedDribbleDelay(10, 60_000), good());

        ResponseLine response = answerOne();

        assertThat(response.status()).isEqualTo(ResponseStatus.SUCCEEDED);
        assertThat(response.attempts()).isEqualTo(2);
        assertThat(response.durationMs()).isBetween(2000L, 10_000L);
    }

    @ParameterizedTest
    @CsvSource({"retry-after-ms, 700, 690", "Retry-After, 1, 990", "Retry-After, a date, 900"})
    void honoursEveryFormOfRetryAfter(String header, String form, long atLeast) throws IOException {
        // a date has no fractions of a second: three ahead is at least two
        Instant date = Instant.now().plusSeconds(3);
        String value = form.equals("a date")
                ? DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC))
                : form;
        firstThen(aResponse().withStatus(429).withHeader(header, value), good());
        job.vendors("vendors:\n  - name: cloud\n    kind: openai\n    base_url: " + VENDOR.baseUrl()
                + "\n    models: [\"*\"]\n    max_attempts: 1\n");

        ResponseLine response = answerOne();

        assertThat(response.status()).isEqualTo(ResponseStatus.SUCCEEDED);
        assertThat(response.attempts()).isEqualTo(2);
        assertThat(response.durationMs()).isBetween(atLeast, 8000L);
    }

    @Test
    void aVendorThatMustWaitHoldsUpNoOther() throws IOException {
        firstThen(aResponse().withStatus(429).withHeader("Retry-After", "1"), good());
        job.vendors("vendors:\n  - name: cloud\n    kind: openai\n    base_url: " + VENDOR.baseUrl()
                + "\n    models: [\"gpt*\"]\n    max_concurrency: 1\n"
                + "  - name: echo\n    kind: echo\n    models: [\"echo*\"]\n");
        job.requests(List.of(
                TestJob.echo("cloud-1", "x").replace("echo-1", "gpt-x"),
                TestJob.echo("cloud-2", "x").replace("echo-1", "gpt-x"),
                TestJob.echo("echo-1", "x")));

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(job.responses())
                .extracting(r -> r.customId().value() + " by " + r.vendor())
                .containsExactly("echo-1 by echo", "cloud-1 by cloud", "cloud-2 by cloud");
    }

    @Test
    void usedUpQuotaIsFinalAndSaysSo() throws IOException {
        VENDOR.stubFor(post(anyUrl())
                .willReturn(aResponse()
                        .withStatus(429)
                        .withBody("{\"error\":{\"message\":\"You exceeded your current quota\","
                                + "\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}")));

        ResponseLine response = answerOne();

        assertThat(response.attempts()).isEqualTo(1);
        assertThat(response.error())
                .contains(new ResponseLine.Failure(
                        "insufficient_quota", "the vendor's quota is used up: You exceeded your current quota"));
    }

    @Test
    void asksNoAnsweredRequestAgainAfterTheLastPushFailed() throws IOException {
        VENDOR.stubFor(post(anyUrl()).willReturn(good()));
        job.requests(List.of(TestJob.echo("a", "x"), TestJob.echo("b", "y")));
        job.remote().failNextPushes(2, new GitException("no way"));
        assertThat(job.run()).isEqualTo(ExitCode.FAILED);
        assertThat(job.run()).isEqualTo(ExitCode.OK);

        VENDOR.verify(2, postRequestedFor(anyUrl()));
        assertThat(job.remote().read(TestJob.RESULTS, BatchFiles.SUMMARY)).isPresent();
    }
}
