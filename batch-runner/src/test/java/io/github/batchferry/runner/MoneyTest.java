package io.github.batchferry.runner;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a whole run says of its cost, and of secrets that its vendor sends back. */
class MoneyTest {
    private static final String KEY = "sk-proj-0123456789abcdefghij";
    private static final String PRICES =
            "{\"vendors\":{\"cloud\":{\"models\":{\"m\":{\"input\":2,\"output\":8,\"cache_read\":0.5}}}}}";

    @RegisterExtension
    static final WireMockExtension VENDOR = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @TempDir
    Path folder;

    private TestJob job;

    @BeforeEach
    void aVendorOfOnesOwn() throws IOException {
        VENDOR.stubFor(post(anyUrl()).willReturn(aResponse().withBody("""
                        {"choices":[{"message":{"content":"yes"}}],"usage":{"prompt_tokens":1000,"completion_tokens":10,\
                        "prompt_tokens_details":{"cached_tokens":400}}}""")));
        job = new TestJob(folder)
                .variable("CLOUD_KEY", KEY)
                .vendors("vendors:\n  - name: cloud\n    kind: openai\n    base_url: " + VENDOR.baseUrl()
                        + "\n    key_env: CLOUD_KEY\n    models: [\"*\"]\n    max_attempts: 1\n");
    }

    private static String request(String id, String model) {
        return TestJob.echo(id, "x").replace("echo-1", model);
    }

    @Test
    void everyResponseHasItsCostAndTheSummaryTheSum() throws IOException {
        job.prices(PRICES).requests(List.of(request("a", "m"), request("b", "m")));

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(job.responses())
                .extracting(ResponseLine::costUsd)
                .containsOnly(Optional.of(new BigDecimal("0.00148")));
        BatchSummary summary = job.summary().orElseThrow();
        assertThat(summary.costUsd()).contains(new BigDecimal("0.00296"));
        assertThat(summary.accounts().pricesDate()).isPresent();
        assertThat(job.page())
                .contains("| tokens | 2000 in (800 from the cache), 20 out |")
                .contains("| cost | $0.00296 (prices of ");
        assertThat(job.printed()).contains("; cost: $0.00296 (prices of ");
    }

    @Test
    void withoutAPriceTheCostIsUnknownAndNeverNothing() throws IOException {
        job.prices(PRICES).requests(List.of(request("a", "m"), request("b", "gpt-5")));

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        BatchSummary summary = job.summary().orElseThrow();
        assertThat(summary.costUsd()).isEmpty();
        assertThat(summary.accounts().knownCostUsd()).isEqualTo(new BigDecimal("0.00148"));
        assertThat(summary.accounts().costUnknown()).isEqualTo(1);
        assertThat(job.page()).contains("| cost | unknown for 1 response, $0.00148 for the others (prices of ");
    }

    @Test
    void anAnswerIsPricedByTheModelThatGaveIt() throws IOException {
        for (String answering : List.of("m", "m-v2", "dear", "other")) {
            VENDOR.stubFor(post(anyUrl())
                    .withRequestBody(containing("by " + answering + "."))
                    .willReturn(aResponse()
                            .withBody("{\"model\":\"" + answering
                                    + "\",\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":0}}")));
        }
        job.prices("{\"vendors\":{\"cloud\":{\"models\":{\"m\":{\"input\":2,\"output\":8},"
                        + "\"dear\":{\"input\":50,\"output\":8}}}}}")
                .requests(Stream.of("m", "m-v2", "dear", "other")
                        .map(answering ->
                                TestJob.echo(answering, "by " + answering + ".").replace("echo-1", "m"))
                        .toList());

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(job.responses())
                .extracting(response -> response.customId() + " "
                        + response.costUsd().map(BigDecimal::toPlainString).orElse("unknown"))
                .containsExactlyInAnyOrder("m 0.002", "m-v2 0.002", "dear 0.05", "other unknown");
    }

    @Test
    void aBudgetEndsTheBatchInTimeAndTheRestSaysWhy() throws IOException {
        job.prices(PRICES)
                .requests(IntStream.range(0, 20)
                        .mapToObj(i -> TestJob.echo("r-" + i, "x".repeat(4400)).replace("echo-1", "m"))
                        .toList())
                .budget("0.02");

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        BatchSummary summary = job.summary().orElseThrow();
        assertThat(summary.costUsd())
                .hasValueSatisfying(
                        cost -> assertThat(cost).isBetween(new BigDecimal("0.0177"), new BigDecimal("0.02")));
        assertThat(summary.total()).isEqualTo(20);
        assertThat(VENDOR.getAllServeEvents()).hasSize((int) summary.count(ResponseStatus.SUCCEEDED));
        assertThat(job.responses())
                .filteredOn(response -> response.status() == ResponseStatus.EXPIRED)
                .isNotEmpty()
                .allSatisfy(response -> {
                    assertThat(response.attempts()).isZero();
                    assertThat(response.error().orElseThrow().code()).isEqualTo("budget_exhausted");
                    assertThat(response.error().orElseThrow().message())
                            .matches("not sent: \\$0\\.01\\d* of the budget of \\$0\\.02 are spent, .*");
                });
    }

    @Test
    void anEarlierSuccessOfUnknownCostCountsAsWhatItsRequestWouldReserve() throws IOException {
        VENDOR.stubFor(
                post(anyUrl()).willReturn(aResponse().withBody("{\"choices\":[{\"message\":{\"content\":\"yes\"}}]}")));
        TestJob earlier = new TestJob(folder.resolve("earlier"))
                .variable("CLOUD_KEY", KEY)
                .vendors("vendors:\n  - name: cloud\n    kind: openai\n    base_url: " + VENDOR.baseUrl()
                        + "\n    key_env: CLOUD_KEY\n    models: [\"*\"]\n")
                .requests(List.of(request("a", "m")));
        assertThat(earlier.run()).as(earlier.printed()).isEqualTo(ExitCode.OK);
        String part = "responses-000-0000.jsonl";
        job.remote()
                .put(
                        TestJob.RESULTS,
                        Map.of(
                                part,
                                earlier.remote().read(TestJob.RESULTS, part).orElseThrow()));
        VENDOR.resetRequests();

        job.prices(PRICES)
                .requests(List.of(request("a", "m"), request("b", "m")))
                .budget("0.012");
        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(VENDOR.getAllServeEvents()).isEmpty();
        assertThat(job.printed()).contains("1 errored");
        assertThat(job.responses()).extracting(ResponseLine::status).contains(ResponseStatus.EXPIRED);
    }

    @Test
    void aBudgetWithoutAPriceIsRefusedBeforeAnyCall() throws IOException {
        job.prices(PRICES)
                .requests(List.of(request("a", "m"), request("b", "gpt-5")))
                .budget("2.5");

        assertThat(job.run()).isEqualTo(ExitCode.BAD_INPUT);

        assertThat(job.printed())
                .contains(
                        "cannot keep a budget of $2.5: the price of model `gpt-5` of vendor `cloud` is not known: add it"
                                + " to .ferry/prices.json");
        assertThat(VENDOR.getAllServeEvents()).isEmpty();
    }

    @Test
    void aBrokenPriceFileIsRefusedBeforeAnyCall() throws IOException {
        job.prices("{\"vendors\":{\"cloud\":{\"models\":{\"m\":{\"input\":2,\"outputs\":8}}}}}")
                .requests(List.of(request("a", "m")));

        assertThat(job.run()).isEqualTo(ExitCode.BAD_INPUT);

        assertThat(job.printed())
                .contains(".ferry/prices.json $.vendors.cloud.models.m.outputs: unknown key")
                .contains(".ferry/prices.json $.vendors.cloud.models.m.output: expected a price");
        assertThat(VENDOR.getAllServeEvents()).isEmpty();
    }

    @Test
    void aKeyThatComesBackInBase64IsHiddenAndTheResponseSaysSo() throws IOException {
        String header = Base64.getEncoder().encodeToString(("Authorization: Bearer " + KEY).getBytes());
        VENDOR.stubFor(post(anyUrl())
                .withRequestBody(containing("echoing"))
                .willReturn(
                        aResponse().withBody("{\"choices\":[{\"message\":{\"content\":\"got " + header + "\"}}]}")));
        job.requests(List.of(request("a", "echoing"), request("b", "m")));

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(job.responses())
                .allSatisfy(response -> assertThat(response.redacted())
                        .isEqualTo(response.customId().value().equals("a")));
        assertThat(job.responses()).extracting(ResponseLine::text).contains(Optional.of("got ***"));
    }

    @Test
    void aPartOfAKeyInAnErrorIsHidden() throws IOException {
        VENDOR.stubFor(post(anyUrl())
                .willReturn(aResponse()
                        .withStatus(401)
                        .withBody(
                                "{\"error\":{\"message\":\"Incorrect API key provided: sk-proj-0123****cdefghij\"}}")));
        job.requests(List.of(request("a", "m")));

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        ResponseLine response = job.responses().get(0);
        assertThat(response.status()).isEqualTo(ResponseStatus.ERRORED);
        assertThat(response.redacted()).isTrue();
        assertThat(response.error().orElseThrow().message()).endsWith("key provided: **********");
        assertThat(response.answer().orElseThrow().body().toString() + job.page() + job.printed())
                .doesNotContain("sk-proj-")
                .doesNotContain("cdefghij");
    }
}
