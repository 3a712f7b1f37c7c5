package io.github.batchferry.mockvendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MockVendorTest {
    private static final String BODY = "{\"model\":\"small-1\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final Duration HOUR = Duration.ofHours(1);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void answersInTheShapeOfChatCompletionsAndCountsWhatItCosts() throws Exception {
        try (MockVendor vendor = MockVendor.start(MockOptions.standard())) {
            HttpResponse<String> answer = post(vendor, BODY);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .startsWith("{\"id\":\"chatcmpl-")
                    .contains("\"model\":\"small-1\"")
                    .endsWith("}}}");
            assertThat(post(vendor, BODY).body()).isEqualTo(answer.body());
            MockStats stats = vendor.stats();
            assertThat(stats.requests()).isEqualTo(2);
            assertThat(stats.distinctRequests()).isEqualTo(1);
            assertThat(stats.good()).isEqualTo(2);
            assertThat(stats.paidDuplicates()).isEqualTo(1);
            assertThat(stats.requestsAfterSuccess()).isEqualTo(1);
            assertThat(stats.inFlight()).isZero();
            assertThat(stats.promptTokens()).isEqualTo(2L * (BODY.length() / 4));
            assertThat(stats.costNanoDollars())
                    .isEqualTo((stats.promptTokens() - stats.cachedTokens()) * 150
                            + stats.cachedTokens() * 75
                            + stats.completionTokens() * 600);
        }
    }

    @Test
    void showsItsCountsOverHttpAndDoesNotCountThat() throws Exception {
        try (MockVendor vendor = MockVendor.start(MockOptions.standard())) {
            post(vendor, BODY);
            assertThat(get(vendor, "/__mock/stats").body()).contains("\"requests\":1,", "\"good\":1,");

            HttpRequest reset = HttpRequest.newBuilder(at(vendor, "/__mock/reset"))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            client.send(reset, HttpResponse.BodyHandlers.discarding());

            assertThat(vendor.stats().requests()).isZero();
            assertThat(get(vendor, "/v1/chat/completions").statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource({"TOO_MANY_REQUESTS,429", "SERVER_ERROR,500", "UNAVAILABLE,503", "OVERLOADED,529"})
    void injectsStatuses(Fault fault, int status) throws Exception {
        try (MockVendor vendor = MockVendor.start(MockOptions.standard().withFault(fault, 1))) {
            assertThat(post(vendor, BODY).statusCode()).isEqualTo(status);
            assertThat(vendor.stats().faults(fault)).isEqualTo(1);
            assertThat(vendor.stats().good()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"RESET", "TRUNCATED_BODY"})
    void breaksConnections(Fault fault) {
        try (MockVendor vendor = MockVendor.start(MockOptions.standard().withFault(fault, 1))) {
            assertThatThrownBy(() -> post(vendor, BODY)).isInstanceOf(IOException.class);
            assertThat(vendor.stats().inFlight()).isZero();
            assertThat(vendor.stats().good()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"STALL", "STALLED_BODY"})
    void keepsStalledRequestsInWork(Fault fault) {
        try (MockVendor vendor = MockVendor.start(MockOptions.standard().withFault(fault, 1))) {
            CompletableFuture<?> answer = client.sendAsync(request(vendor, BODY), HttpResponse.BodyHandlers.ofString());
            while (vendor.stats().requests() == 0) {
                Thread.onSpinWait();
            }

            assertThat(answer).isNotDone();
            assertThat(vendor.stats().inFlight()).isEqualTo(1);
            assertThat(vendor.stats().good()).isZero();
        }
    }

    @Test
    void aSlowBodyIsGoodAndAMalformedOneIsNot() throws Exception {
        try (MockVendor vendor = MockVendor.start(MockOptions.standard().withFault(Fault.SLOW_BODY, 1))) {
            assertThat(post(vendor, BODY).body()).endsWith("}}}");
            assertThat(vendor.stats().good()).isEqualTo(1);
        }
        try (MockVendor vendor = MockVendor.start(MockOptions.standard().withFault(Fault.MALFORMED_JSON, 1))) {
            HttpResponse<String> answer = post(vendor, BODY);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).startsWith("{\"id\"").doesNotEndWith("}");
            assertThat(vendor.stats().good()).isZero();
        }
    }

    @Test
    void rejectsWhatIsOverTheLimitAndSaysWhenToComeBack() throws Exception {
        // holds 180, and one more after a minute, which this test does not take
        RateLimits limits = new RateLimits(1, 0, Duration.ofMinutes(180), true, RateLimits.RetryHint.SECONDS);
        try (MockVendor vendor = MockVendor.start(MockOptions.standard().withLimits(limits))) {
            List<HttpResponse<String>> answers = IntStream.range(0, 181)
                    .mapToObj(i -> postUnchecked(vendor, BODY + " ".repeat(i)))
                    .toList();

            assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(180);
            assertThat(answers.get(0).headers().firstValue("x-ratelimit-limit-requests"))
                    .contains("1");
            assertThat(answers.get(180).statusCode()).isEqualTo(429);
            assertThat(answers.get(180).headers().firstValue("retry-after")).isPresent();
            assertThat(vendor.stats().rateLimited()).isEqualTo(1);
            assertThat(vendor.stats().share429()).isEqualTo(1.0 / 181);
        }
    }

    @Test
    void rejectsWhatIsOverTheConcurrencyCap() throws Exception {
        MockOptions options = MockOptions.standard().withLatency(HOUR).withConcurrencyCap(2);
        try (MockVendor vendor = MockVendor.start(options)) {
            client.sendAsync(request(vendor, BODY + "1"), HttpResponse.BodyHandlers.ofString());
            client.sendAsync(request(vendor, BODY + "2"), HttpResponse.BodyHandlers.ofString());
            while (vendor.stats().inFlight() < 2) {
                Thread.onSpinWait();
            }

            assertThat(post(vendor, BODY).statusCode()).isEqualTo(429);
            assertThat(vendor.stats().overConcurrencyCap()).isEqualTo(1);
            assertThat(vendor.stats().maxInFlight()).isEqualTo(3);
        }
    }

    @Test
    void aFieldOfTheBodyCanTellRequestsApart() throws Exception {
        try (MockVendor vendor = MockVendor.start(MockOptions.standard().withKeyField("user"))) {
            post(vendor, "{\"user\": \"a\",\"n\":1}");
            post(vendor, "{\"user\": \"a\",\"n\":2}");
            post(vendor, "{\"user\": \"b\",\"n\":1}");

            assertThat(vendor.stats().distinctRequests()).isEqualTo(2);
            assertThat(vendor.stats().paidDuplicates()).isEqualTo(1);
        }
    }

    private HttpResponse<String> post(MockVendor vendor, String body) throws IOException, InterruptedException {
        return client.send(request(vendor, body), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> postUnchecked(MockVendor vendor, String body) {
        return client.sendAsync(request(vendor, body), HttpResponse.BodyHandlers.ofString())
                .join();
    }

    private HttpResponse<String> get(MockVendor vendor, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(at(vendor, path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(MockVendor vendor, String body) {
        return HttpRequest.newBuilder(at(vendor, "/v1/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static URI at(MockVendor vendor, String path) {
        return URI.create("http://127.0.0.1:" + vendor.port() + path);
    }
}
