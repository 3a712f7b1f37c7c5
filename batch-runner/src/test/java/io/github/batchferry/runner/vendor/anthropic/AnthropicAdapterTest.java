package io.github.batchferry.runner.vendor.anthropic;

import static io.github.batchferry.runner.vendor.TestCalls.answer;
import static io.github.batchferry.runner.vendor.TestCalls.body;
import static io.github.batchferry.runner.vendor.TestCalls.request;
import static io.github.batchferry.runner.vendor.TestCalls.vendor;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.runner.vendor.Credential;
import io.github.batchferry.runner.vendor.LimitReport;
import io.github.batchferry.runner.vendor.Reading;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.runner.vendor.Verdict;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.TokenUsage;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicAdapterTest {
    private static final String BODY = "{\"model\":\"claude-x\", \"max_tokens\":1e1,\"messages\":[]}";
    private static final Instant NOW = Instant.parse("2025-08-21T12:40:00Z");

    private final AnthropicAdapter adapter = new AnthropicAdapter();

    @Test
    void aKeyIsSentWithTheVersion() {
        HttpRequest http = adapter.prepare(
                vendor("anthropic"), request("/v1/messages", BODY), Optional.of(Credential.apiKey("sk")));

        assertThat(http.uri()).hasToString("https://api.anthropic.com/v1/messages");
        assertThat(http.headers().firstValue("x-api-key")).contains("sk");
        assertThat(http.headers().firstValue("anthropic-version")).contains("2023-06-01");
        assertThat(http.headers().firstValue("anthropic-beta")).isEmpty();
        assertThat(http.headers().firstValue("Authorization")).isEmpty();
        assertThat(body(http)).isEqualTo(BODY);
    }

    @Test
    void aTokenIsSentWithItsBetaAndNoKey() {
        HttpRequest http = adapter.prepare(
                vendor("anthropic", "anthropic_version: 2030-01-01", "headers: {anthropic-beta: other-1}"),
                request("/v1/messages", BODY),
                Optional.of(new Credential(Credential.Scheme.ACCESS_TOKEN, "oat")));

        assertThat(http.headers().firstValue("Authorization")).contains("Bearer oat");
        assertThat(http.headers().allValues("anthropic-beta")).containsExactly("other-1,oauth-2025-04-20");
        assertThat(http.headers().firstValue("anthropic-version")).contains("2030-01-01");
        assertThat(http.headers().firstValue("x-api-key")).isEmpty();
    }

    private Reading read(int status, String body, String... headers) {
        return adapter.read(new EndpointPath("/v1/messages"), answer(status, body, headers));
    }

    @Test
    void cachedTokensStandOutsideTheInput() {
        Reading reading = read(
                200,
                "{\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\"},{\"type\":\"text\",\"text\":\"a\"},"
                        + "{\"type\":\"tool_use\"},{\"type\":\"text\",\"text\":\"b\"}],\"usage\":{\"input_tokens\":5,"
                        + "\"cache_creation_input_tokens\":20,\"cache_read_input_tokens\":100,\"output_tokens\":7,"
                        + "\"output_tokens_details\":{\"thinking_tokens\":3}}}",
                "request-id",
                "req_1");

        assertThat(reading.text()).contains("ab");
        assertThat(reading.usage()).contains(new TokenUsage(125, 7, 100, 20, 3));
        assertThat(reading.requestId()).contains("req_1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{}", "{\"usage\":null}", "{\"usage\":{}}", "{\"usage\":{\"input_tokens\":\"x\"}}"})
    void missingUsageStaysAbsent(String body) {
        assertThat(read(200, body).verdict()).isEqualTo(new Verdict.Success());
        assertThat(read(200, body).usage()).isEmpty();
        assertThat(read(200, body).text()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "529, overloaded_error, Overloaded, TryAgain",
        "500, api_error, oops, TryAgain",
        "429, rate_limit_error, 'would exceed your rate limit of 50 requests per minute', SlowDown",
        "429, rate_limit_error, Number of tokens has exceeded your daily rate limit, QuotaExhausted",
        "400, invalid_request_error, max_tokens: field required, Refused",
        "400, invalid_request_error, Your credit balance is too low to access the Anthropic API, QuotaExhausted",
        "400, invalid_request_error, You have reached your specified API usage limits, QuotaExhausted",
        "402, billing_error, pay, QuotaExhausted",
        "401, authentication_error, invalid x-api-key, Refused"
    })
    void errorsAreToldApart(int status, String type, String message, String verdict) {
        Reading reading = read(
                status,
                "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"" + message
                        + "\"},\"request_id\":\"req_9\"}");

        assertThat(reading.verdict().getClass().getSimpleName()).isEqualTo(verdict);
        assertThat(reading.verdict().toString()).contains(message);
        assertThat(reading.requestId()).contains("req_9");
    }

    private static final String[] TWELVE = {
        "anthropic-ratelimit-requests-limit", "1000",
        "anthropic-ratelimit-requests-remaining", "999",
        "anthropic-ratelimit-requests-reset", "2025-08-21T12:40:59Z",
        "anthropic-ratelimit-input-tokens-limit", "80000",
        "anthropic-ratelimit-input-tokens-remaining", "79000",
        "anthropic-ratelimit-input-tokens-reset", "2025-08-21T12:40:01Z",
        "anthropic-ratelimit-output-tokens-limit", "16000",
        "anthropic-ratelimit-output-tokens-remaining", "0",
        "anthropic-ratelimit-output-tokens-reset", "2025-08-21T12:39:59Z",
        "anthropic-ratelimit-tokens-limit", "96000",
        "anthropic-ratelimit-tokens-remaining", "79000",
        "anthropic-ratelimit-tokens-reset", "2025-08-21T12:40:01Z"
    };

    private static LimitReport.Meter meter(LimitReport.Kind kind, long limit, long remaining, int reset) {
        return new LimitReport.Meter(
                kind,
                OptionalLong.of(limit),
                OptionalLong.of(remaining),
                Optional.of(Duration.ofSeconds(reset)),
                Duration.ofMinutes(1));
    }

    @Test
    void ofTheTwelveHeadersTheSumIsLeftAside() {
        assertThat(adapter.limits(answer(200, "", TWELVE), NOW).meters())
                .containsExactly(
                        meter(LimitReport.Kind.REQUESTS, 1000, 999, 59),
                        meter(LimitReport.Kind.INPUT_TOKENS, 80000, 79000, 1),
                        meter(LimitReport.Kind.OUTPUT_TOKENS, 16000, 0, 0));
    }

    @Test
    void theSumIsReadWhereItStandsAlone() {
        VendorAnswer answer = answer(
                429,
                "",
                "anthropic-ratelimit-tokens-limit",
                "96000",
                "anthropic-ratelimit-tokens-remaining",
                "5",
                "anthropic-ratelimit-tokens-reset",
                "2025-08-21T12:40:30Z");

        assertThat(adapter.limits(answer, NOW).meters()).containsExactly(meter(LimitReport.Kind.TOKENS, 96000, 5, 30));
        assertThat(adapter.limits(answer(200, ""), NOW)).isEqualTo(LimitReport.NONE);
    }
}
