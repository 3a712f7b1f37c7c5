package io.github.batchferry.runner.vendor.gemini;

import static io.github.batchferry.runner.vendor.TestCalls.answer;
import static io.github.batchferry.runner.vendor.TestCalls.body;
import static io.github.batchferry.runner.vendor.TestCalls.request;
import static io.github.batchferry.runner.vendor.TestCalls.vendor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.runner.vendor.Credential;
import io.github.batchferry.runner.vendor.Reading;
import io.github.batchferry.runner.vendor.RetryHint;
import io.github.batchferry.runner.vendor.Verdict;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.TokenUsage;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiAdapterTest {
    private static final String URL = "/v1beta/models/gemini-x:generateContent";
    private static final String BODY = "{\"contents\":[{\"parts\":[{\"text\":\"h\\u00e9\"}]}]}";

    private final GeminiAdapter adapter = new GeminiAdapter();

    @Test
    void theModelStandsInTheUrlAndTheBodyIsSentAsItIs() {
        HttpRequest http =
                adapter.prepare(vendor("gemini"), request(URL, BODY), Optional.of(Credential.apiKey("AIza")));

        assertThat(http.uri()).hasToString("https://generativelanguage.googleapis.com" + URL);
        assertThat(http.headers().firstValue("x-goog-api-key")).contains("AIza");
        assertThat(http.headers().firstValue("Authorization")).isEmpty();
        assertThat(body(http)).isEqualTo(BODY);
    }

    @Test
    void aTokenIsABearer() {
        HttpRequest http = adapter.prepare(
                vendor("gemini"),
                request(URL, BODY),
                Optional.of(new Credential(Credential.Scheme.ACCESS_TOKEN, "ya29")));

        assertThat(http.headers().firstValue("Authorization")).contains("Bearer ya29");
        assertThat(http.headers().firstValue("x-goog-api-key")).isEmpty();
    }

    @Test
    void aUrlWithoutAModelLeadsNowhere() {
        assertThatThrownBy(() ->
                        adapter.address(vendor("gemini"), request("/v1/chat/completions", "{\"model\":\"gemini-x\"}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/v1beta/models/<model>:generateContent");
    }

    private Reading read(int status, String body, String... headers) {
        return adapter.read(new EndpointPath(URL), answer(status, body, headers));
    }

    @Test
    void thoughtsStandOutsideTheCandidates() {
        Reading reading = read(
                200,
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"hm\",\"thought\":true},{\"text\":\"a\"},"
                        + "{\"functionCall\":{}},{\"text\":\"b\"}]}}],\"responseId\":\"g-1\",\"usageMetadata\":{"
                        + "\"promptTokenCount\":10,\"toolUsePromptTokenCount\":5,\"candidatesTokenCount\":7,"
                        + "\"thoughtsTokenCount\":3,\"cachedContentTokenCount\":4,\"totalTokenCount\":25}}");

        assertThat(reading.text()).contains("ab");
        assertThat(reading.usage()).contains(new TokenUsage(15, 10, 4, 0, 3));
        assertThat(reading.requestId()).contains("g-1");
    }

    @Test
    void eachNumberOfTheUsageCanBeMissing() {
        assertThat(read(200, "{\"usageMetadata\":{\"promptTokenCount\":10,\"totalTokenCount\":10}}")
                        .usage())
                .contains(new TokenUsage(10, 0, 0, 0, 0));
        assertThat(read(200, "{\"usageMetadata\":{\"thoughtsTokenCount\":3}}").usage())
                .contains(new TokenUsage(0, 3, 0, 0, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"usageMetadata\":{}}", "{\"usageMetadata\":{\"totalTokenCount\":3}}"})
    void missingUsageStaysAbsent(String body) {
        assertThat(read(200, body).verdict()).isEqualTo(new Verdict.Success());
        assertThat(read(200, body).usage()).isEmpty();
    }

    private static String tooMany(String quota, String delay) {
        return "{\"error\":{\"code\":429,\"message\":\"You exceeded your current quota\",\"status\":"
                + "\"RESOURCE_EXHAUSTED\",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\","
                + "\"violations\":[{\"quotaId\":\"" + quota + "\"}]},{\"@type\":"
                + "\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"" + delay + "\"}]}}";
    }

    @Test
    void whenToComeBackStandsInTheBody() {
        String minute = tooMany("GenerateRequestsPerMinutePerProjectPerModel-FreeTier", "34.5s");
        Verdict expected = new Verdict.SlowDown(
                "the vendor answered 429: You exceeded your current quota",
                Optional.of(new RetryHint.In(Duration.ofMillis(34_500))));

        assertThat(read(429, minute, "retry-after", "1").verdict()).isEqualTo(expected);
        assertThat(read(429, "[" + minute + "]").verdict()).isEqualTo(expected);
    }

    @Test
    void theHeaderIsReadWhereTheBodySaysNothing() {
        assertThat(read(429, "{\"error\":{\"message\":\"slow\"}}", "retry-after", "2")
                        .verdict())
                .isEqualTo(new Verdict.SlowDown(
                        "the vendor answered 429: slow", Optional.of(new RetryHint.In(Duration.ofSeconds(2)))));
    }

    @Test
    void aDaysQuotaIsUsedUp() {
        assertThat(read(429, tooMany("GenerateRequestsPerDayPerProjectPerModel-FreeTier", "34s"))
                        .verdict())
                .isEqualTo(
                        new Verdict.QuotaExhausted("the vendor's quota is used up: You exceeded your current quota"));
    }
}
