package io.github.batchferry.runner.vendor.azure;

import static io.github.batchferry.runner.vendor.TestCalls.answer;
import static io.github.batchferry.runner.vendor.TestCalls.body;
import static io.github.batchferry.runner.vendor.TestCalls.request;
import static io.github.batchferry.runner.vendor.TestCalls.vendor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.runner.vendor.Credential;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureOpenAiAdapterTest {
    private static final String BODY = "{ \"model\":\"gpt-x\", \"temperature\":1e0}";

    private final AzureOpenAiAdapter adapter = new AzureOpenAiAdapter();

    @ParameterizedTest
    @CsvSource({
        "https://r.openai.azure.com, /v1/chat/completions, https://r.openai.azure.com/openai/v1/chat/completions",
        "https://r.openai.azure.com/openai/v1, /v1/responses, https://r.openai.azure.com/openai/v1/responses",
        "https://r.openai.azure.com/openai, /chat/completions, https://r.openai.azure.com/openai/v1/chat/completions",
        "https://gw/azure, /openai/v1/embeddings, https://gw/azure/openai/v1/embeddings"
    })
    void asksTheVersionedApi(String base, String url, URI expected) {
        assertThat(adapter.address(vendor("azure-openai", "base_url: " + base), request(url, BODY)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/chat/completions",
                "/chat/completions",
                "/deployments/gpt-x/chat/completions",
                "/openai/deployments/gpt-x/chat/completions"
            })
    void asksTheDatedApiOfTheDeploymentThatTheModelNames(String url) {
        VendorConfig vendor = vendor("azure-openai", "base_url: https://r.openai.azure.com", "api_version: 2024-10-21");

        assertThat(adapter.address(vendor, request(url, BODY)))
                .isEqualTo(URI.create("https://r.openai.azure.com/openai/deployments/gpt-x/chat/completions"
                        + "?api-version=2024-10-21"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "a/b", "../x", "a?b=c", "a b", "a%2e", "a#b"})
    void aModelThatIsNoDeploymentLeadsNowhere(String model) {
        VendorConfig vendor = vendor("azure-openai", "base_url: https://r.openai.azure.com", "api_version: 2024-10-21");

        assertThatThrownBy(
                        () -> adapter.address(vendor, request("/v1/chat/completions", "{\"model\":\"" + model + "\"}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name of a deployment");
    }

    @Test
    void aKeyAndATokenGoIntoTheirOwnHeaders() {
        VendorConfig vendor = vendor("azure-openai", "base_url: https://r.openai.azure.com");
        HttpRequest byKey =
                adapter.prepare(vendor, request("/v1/chat/completions", BODY), Optional.of(Credential.apiKey("k")));
        HttpRequest byToken = adapter.prepare(
                vendor,
                request("/v1/chat/completions", BODY),
                Optional.of(new Credential(Credential.Scheme.ACCESS_TOKEN, "t")));

        assertThat(byKey.headers().firstValue("api-key")).contains("k");
        assertThat(byKey.headers().firstValue("Authorization")).isEmpty();
        assertThat(byToken.headers().firstValue("Authorization")).contains("Bearer t");
        assertThat(byToken.headers().firstValue("api-key")).isEmpty();
        assertThat(body(byKey)).isEqualTo(BODY);
    }

    @Test
    void needsAnAddress() {
        assertThat(adapter.problem(vendor("azure-openai")))
                .hasValueSatisfying(message -> assertThat(message).contains("needs base_url"));
    }

    @Test
    void answersAreThoseOfOpenAi() {
        assertThat(adapter.read(
                                new EndpointPath("/v1/x"),
                                answer(
                                        200,
                                        "{\"choices\":[{\"message\":{\"content\":\"hi\"}}]}",
                                        "apim-request-id",
                                        "a-1"))
                        .requestId())
                .contains("a-1");
    }
}
