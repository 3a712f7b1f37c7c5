package io.github.batchferry.runner.vendor.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.runner.vendor.Reading;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.runner.vendor.Verdict;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.TokenUsage;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiAdapterTest {
    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com, /v1/responses, https://api.openai.com/v1/responses",
        "http://localhost:11434/v1, /v1/chat/completions, http://localhost:11434/v1/chat/completions",
        "https://openrouter.ai/api/v1, /v1/embeddings, https://openrouter.ai/api/v1/embeddings",
        "https://host/v1, /chat/completions, https://host/v1/chat/completions",
        "https://host/v1, /v10/x, https://host/v1/v10/x",
        "https://host/xv1, /v1/x, https://host/xv1/v1/x",
        "https://host, /chat/completions, https://host/chat/completions"
    })
    void appendsThePathWithoutRepeatingTheVersion(URI base, String path, URI expected) {
        assertThat(OpenAiAdapter.address(base, new EndpointPath(path))).isEqualTo(expected);
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
