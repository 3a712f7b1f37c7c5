package io.github.batchferry.runner.vendor.openai;

import static io.github.batchferry.runner.vendor.TestCalls.answer;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiAdapterTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Instant NOW = Instant.EPOCH;

    private static List<LimitReport.Meter> limits(String... headers) {
        return new OpenAiAdapter().limits(answer(200, "", headers), NOW).meters();
    }

    private static LimitReport.Meter meter(
            LimitReport.Kind kind, long limit, long remaining, Duration reset, Duration window) {
        return new LimitReport.Meter(
                kind, OptionalLong.of(limit), OptionalLong.of(remaining), Optional.of(reset), window);
    }

    @Test
    void configuredHeadersAreSentBesidesItsOwn() {
        HttpRequest http = new OpenAiAdapter()
                .prepare(
                        vendor("openai", "headers: {HTTP-Referer: https://example.com, X-Title: Evals}"),
                        request("/v1/chat/completions", "{\"model\":\"m\"}"),
                        Optional.of(new Credential(Credential.Scheme.ACCESS_TOKEN, "t")));

        assertThat(http.uri()).hasToString("https://api.openai.com/v1/chat/completions");
        assertThat(http.headers().map())
                .containsEntry("http-referer", List.of("https://example.com"))
                .containsEntry("x-title", List.of("Evals"))
                .containsEntry("Authorization", List.of("Bearer t"))
                .containsEntry("Content-Type", List.of("application/json"));
    }

    @Test
    void readsTheLimitsOfRequestsAndTokens() {
        assertThat(limits(
                        "x-ratelimit-limit-requests", "5000",
                        "x-ratelimit-remaining-requests", "4999",
                        "x-ratelimit-reset-requests", "12ms",
                        "x-ratelimit-limit-tokens", "450000",
                        "x-ratelimit-remaining-tokens", "0",
                        "x-ratelimit-reset-tokens", "6m0s"))
                .containsExactly(
                        meter(LimitReport.Kind.REQUESTS, 5000, 4999, Duration.ofMillis(12), MINUTE),
                        meter(LimitReport.Kind.TOKENS, 450_000, 0, Duration.ofMinutes(6), MINUTE));
    }

    @Test
    void halfAReportIsAReportAndNonsenseIsNone() {
        assertThat(limits("x-ratelimit-remaining-tokens", "17", "x-ratelimit-reset-tokens", "soon"))
                .containsExactly(new LimitReport.Meter(
                        LimitReport.Kind.TOKENS, OptionalLong.empty(), OptionalLong.of(17), Optional.empty(), MINUTE));
        assertThat(limits("x-ratelimit-limit-requests", "-1", "x-ratelimit-reset-requests", "1s"))
                .isEmpty();
        assertThat(limits()).isEmpty();
    }

    @Test
    void aLimitWithoutAUnitIsThatOfASecond() {
        assertThat(limits("x-ratelimit-limit", "10", "x-ratelimit-remaining", "9", "x-ratelimit-reset", "1"))
                .containsExactly(meter(LimitReport.Kind.REQUESTS, 10, 9, Duration.ofSeconds(1), Duration.ofSeconds(1)));
        assertThat(limits(
                        "x-ratelimit-limit", "20", "x-ratelimit-remaining", "0", "x-ratelimit-reset", "1741305600000"))
                .as("OpenRouter counts minutes and days, and names points in time")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "429, insufficient_quota, '', QuotaExhausted",
        "400, billing_hard_limit_reached, Billing hard limit has been reached, QuotaExhausted",
        "402, '', Insufficient Balance, QuotaExhausted",
        "402, '', 'This request requires more credits, or fewer max_tokens', Refused",
        "429, rate_limit_exceeded, Rate limit reached on requests per day (RPD): Limit 200, QuotaExhausted",
        "429, rate_limit_exceeded, Rate limit reached on tokens per min (TPM): Limit 200, SlowDown",
        "429, '', Rate limit exceeded: free-models-per-day, QuotaExhausted",
        "400, '', I was asked about 3 apples per day, Refused",
        "500, insufficient_quota, '', TryAgain"
    })
    void tellsAUsedUpAllowanceFromALimit(int status, String code, String message, String verdict) {
        assertThat(read(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}")
                        .verdict()
                        .getClass()
                        .getSimpleName())
                .isEqualTo(verdict);
    }

    @Test
    void usageOfEmbeddingsHasNoOutput() {
        assertThat(read(200, "{\"data\":[],\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}")
                        .usage())
                .contains(new TokenUsage(8, 0, 0, 0, 0));
    }

    @Test
    void cachedTokensOfAnthropicsCompatibleEndpointStandWithoutDetails() {
        assertThat(read(200, "{\"usage\":{\"prompt_tokens\":8,\"completion_tokens\":2,\"cached_tokens\":5}}")
                        .usage())
                .contains(new TokenUsage(8, 2, 5, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "{}", "{\"total_tokens\":3}", "{\"prompt_tokens\":\"8\"}", "{\"prompt_tokens\":-1}", "7"
            })
    void usageThatSaysNothingStaysAbsent(String usage) {
        assertThat(read(200, "{\"usage\":" + usage + "}").usage()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"detail\":\"no\"}", "{\"message\":\"no\",\"object\":\"error\"}", "{\"error\":\"no\"}"})
    void understandsTheErrorsOfCompatibleServers(String body) {
        assertThat(read(400, body).verdict())
                .isEqualTo(new Verdict.Refused("http_error", "the vendor answered 400: no"));
    }

    private static Reading read(int status, String body) {
        return new OpenAiAdapter().read(new EndpointPath("/v1/x"), VendorAnswer.of(status, body));
    }

    @Test
    void readsTheTextOfResponses() {
        Reading reading = read(
                200,
                "{\"output\":[{\"type\":\"reasoning\",\"summary\":[]},{\"type\":\"message\",\"content\":["
                        + "{\"type\":\"output_text\",\"text\":\"a\"},{\"type\":\"refusal\",\"refusal\":\"no\"},"
                        + "{\"type\":\"output_text\",\"text\":\"b\"}]}],\"usage\":{\"input_tokens\":5,"
                        + "\"output_tokens\":7,\"input_tokens_details\":{\"cached_tokens\":1,\"cache_write_tokens\":2},"
                        + "\"output_tokens_details\":{\"reasoning_tokens\":3}}}");

        assertThat(reading.text()).contains("ab");
        assertThat(reading.usage()).contains(new TokenUsage(5, 7, 1, 2, 3));
    }

    @Test
    void readsTheTextOfLegacyCompletions() {
        assertThat(read(200, "{\"choices\":[{\"text\":\"legacy\"}]}").text()).contains("legacy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "12",
                "not json",
                "{\"choices\":[{\"message\":{\"content\":null}}]}",
                "{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\"}]}}]}",
                "{\"data\":[{\"embedding\":[1]}]}"
            })
    void a200IsASuccessWhateverItHolds(String body) {
        Reading reading = read(200, body);

        assertThat(reading.verdict()).isEqualTo(new Verdict.Success());
        assertThat(reading.text()).isEmpty();
        assertThat(reading.usage()).isEmpty();
    }

    @Test
    void tellsWhatTheVendorSaidAboutAnErrorInFull() {
        Verdict verdict = read(400, "{\"error\":{\"message\":\"" + "x".repeat(600) + "\"}}")
                .verdict();

        assertThat(verdict).isEqualTo(new Verdict.Refused("http_error", "the vendor answered 400: " + "x".repeat(600)));
    }

    @Test
    void understandsErrorsThatAreBareTexts() {
        assertThat(read(404, "{\"error\":\"model not found\"}").verdict())
                .isEqualTo(new Verdict.Refused("http_error", "the vendor answered 404: model not found"));
    }

    @Test
    void aRateLimitIsNoUsedUpQuota() {
        assertThat(read(429, "{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"slow\"}}")
                        .verdict())
                .isInstanceOf(Verdict.SlowDown.class);
        assertThat(read(429, "{\"error\":{\"type\":\"insufficient_quota\"}}").verdict())
                .isInstanceOf(Verdict.QuotaExhausted.class);
    }
}
