package io.github.batchferry.runner;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.batchferry.runner.credentials.ExchangeServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A batch whose vendor is asked with a token for the job's identity, and with no stored key. */
class OidcBatchTest {
    @RegisterExtension
    static final WireMockExtension VENDOR = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @TempDir
    Path folder;

    private ExchangeServer exchange;
    private TestJob job;

    @BeforeEach
    void start() throws IOException {
        exchange = new ExchangeServer();
        exchange.answers(200, "{\"access_token\":\"minted-token-%d\",\"expires_in\":3600}");
        job = new TestJob(folder)
                .requests(List.of(TestJob.echo("a", "x"), TestJob.echo("b", "y")))
                .vendors(vendors("max_concurrency: 8"));
        exchange.environment().forEach(job::variable);
    }

    private String vendors(String line) {
        return "vendors:\n  - name: cloud\n    kind: anthropic\n    models: [\"*\"]\n    base_url: " + VENDOR.baseUrl()
                + "\n    " + line + "\n    oidc:\n      exchange: anthropic\n      federation_rule_id: fdrl_1\n"
                + "      organization_id: org-1\n      token_url: " + exchange.root() + "/oauth/token\n";
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    void theVendorSeesTheTokenAndNobodyElseDoes() throws IOException {
        VENDOR.stubFor(post(anyUrl())
                .willReturn(aResponse()
                        .withBody("{\"content\":[{\"type\":\"text\",\"text\":\"you are minted-token-1, proven by"
                                + " signed-identity-1\"}]}")));

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        VENDOR.verify(
                2,
                postRequestedFor(urlEqualTo("/v1/chat/completions"))
                        .withHeader("Authorization", equalTo("Bearer minted-token-1"))
                        .withHeader("anthropic-beta", equalTo("oauth-2025-04-20"))
                        .withoutHeader("x-api-key"));
        assertThat(exchange.exchangeAsked()).hasSize(1);
        assertThat(job.responses())
                .hasSize(2)
                .allSatisfy(response -> assertThat(response.text()).contains("you are ***, proven by ***"));
        assertThat(job.responses().toString() + job.page())
                .doesNotContain("minted-token-1")
                .doesNotContain("signed-identity-1");
        assertThat(job.printed())
                .containsOnlyOnce("::add-mask::minted-token-1")
                .containsOnlyOnce("minted-token-1")
                .containsOnlyOnce("::add-mask::signed-identity-1")
                .containsOnlyOnce("signed-identity-1")
                .doesNotContain("request-token");
    }

    @Test
    void aTokenThatIsRenewedWhileTheBatchRunsIsHiddenLikeTheFirst() throws IOException {
        exchange.answers(200, "{\"access_token\":\"minted-token-%d\",\"expires_in\":2}");
        job.requests(List.of(TestJob.echo("a", "x"), TestJob.echo("b", "y"), TestJob.echo("c", "z")));
        job.vendors(vendors("max_concurrency: 1"));
        VENDOR.stubFor(post(anyUrl())
                .willReturn(aResponse()
                        // half of the token's life and more: the next call has it renewed
                        .withFixedDelay(1100)
                        .withTransformers("response-template")
                        .withBody(
                                "{\"content\":[{\"type\":\"text\",\"text\":\"{{request.headers.Authorization}}\"}]}")));

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        VENDOR.verify(postRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer minted-token-2")));
        assertThat(job.responses())
                .hasSize(3)
                .allSatisfy(response -> assertThat(response.text()).contains("Bearer ***"));
        assertThat(job.responses().toString() + job.page()).doesNotContain("minted-token");
        assertThat(job.printed()).containsOnlyOnce("minted-token-2").contains("::add-mask::minted-token-2");
    }

    @Test
    void aRefusedExchangeIsBadInputAndNotOneCallIsMade() throws IOException {
        exchange.answers(
                403,
                "{\"type\":\"error\",\"error\":{\"type\":\"permission_error\",\"message\":\"rule fdrl_1 is disabled\"}}");

        assertThat(job.run()).isEqualTo(ExitCode.BAD_INPUT);

        assertThat(job.printed())
                .contains(
                        ".ferry/vendors.yaml $.vendors[cloud]: the exchange `anthropic` at 127.0.0.1 gave no token: 403:"
                                + " rule fdrl_1 is disabled");
        assertThat(VENDOR.getAllServeEvents()).isEmpty();
        assertThat(job.remote().branches()).isEmpty();
    }

    @Test
    void anExchangeThatIsDownIsNobodysMistake() throws IOException {
        exchange.answers(500, "oops");

        assertThat(job.run()).isEqualTo(ExitCode.FAILED);

        assertThat(job.printed()).contains("gave no token: 500");
        assertThat(VENDOR.getAllServeEvents()).isEmpty();
    }

    @Test
    void badRequestsAreToldBeforeAnybodyIsAskedForAToken() throws IOException {
        job.requests(List.of("{}"));

        assertThat(job.run()).isEqualTo(ExitCode.BAD_INPUT);

        assertThat(exchange.identityAsked()).isEmpty();
        assertThat(exchange.exchangeAsked()).isEmpty();
    }
}
