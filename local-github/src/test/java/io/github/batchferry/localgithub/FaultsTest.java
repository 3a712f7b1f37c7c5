package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.batchferry.localgithub.faults.Fault;
import io.github.batchferry.localgithub.faults.FaultRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {
    private static final String DISPATCH = Hub.repository("/actions/workflows/job.yml/dispatches");
    private static final String RUNS = Hub.repository("/actions/runs");

    @TempDir
    Path state;

    private final HandClock clock = new HandClock();
    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(LocalGitHub.at(state).clock(clock)).script("true");
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private void add(FaultRule rule) {
        hub.github.faults().add(rule);
    }

    @Test
    void aRuleHitsTheCallsItNamesAndOnlyAsOftenAsItSays() {
        add(FaultRule.times(2, "GET", "/repos/*/*/actions/*", Fault.Answer.trouble(502))
                .after(1));

        assertThat(hub.get(RUNS).statusCode()).isEqualTo(200);
        assertThat(hub.get(Hub.repository("")).statusCode()).isEqualTo(200);
        assertThat(hub.get(RUNS + "/1").statusCode()).isEqualTo(404);
        assertThat(hub.get(RUNS).statusCode()).isEqualTo(502);
        assertThat(hub.get(Hub.repository("/actions/workflows?per_page=1")).statusCode())
                .isEqualTo(502);
        assertThat(hub.get(RUNS).statusCode()).isEqualTo(200);
        assertThat(hub.github.faults().hits()).hasSize(2);
        assertThat(hub.github.faults().hits().get(1).path()).isEqualTo("/repos/acme/runner/actions/workflows");
    }

    @Test
    void anyMethodAndAnyPathCanBeMeant() {
        add(FaultRule.always("*", "/**", new Fault.Answer(503, Map.of("Retry-After", "7"), "{\"message\":\"no\"}")));

        HttpResponse<String> answer = hub.post(DISPATCH, "{\"ref\":\"main\"}");
        hub.github.faults().clear();

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("{\"message\":\"no\"}");
        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
        assertThat(hub.json(RUNS).path("total_count").asInt()).isZero();
    }

    @Test
    void bothKindsOfLimitsAreTold() {
        add(FaultRule.times(1, "GET", RUNS, new Fault.PrimaryLimit(403, Duration.ofSeconds(30))));
        add(FaultRule.times(1, "GET", RUNS, new Fault.SecondaryLimit(429, Optional.of(Duration.ofSeconds(9)))));
        add(FaultRule.times(1, "GET", RUNS, new Fault.SecondaryLimit(403, Optional.empty())));

        HttpResponse<String> primary = hub.get(RUNS);
        HttpResponse<String> secondary = hub.get(RUNS);
        HttpResponse<String> silent = hub.get(RUNS);

        assertThat(primary.statusCode()).isEqualTo(403);
        assertThat(primary.headers().firstValue("X-RateLimit-Remaining")).contains("0");
        assertThat(primary.headers().firstValue("X-RateLimit-Reset"))
                .contains("" + clock.instant().plusSeconds(30).getEpochSecond());
        assertThat(Hub.json(primary).path("message").asText()).startsWith("API rate limit exceeded");
        assertThat(secondary.statusCode()).isEqualTo(429);
        assertThat(secondary.headers().firstValue("Retry-After")).contains("9");
        assertThat(Hub.json(secondary).path("message").asText())
                .startsWith("You have exceeded a secondary rate limit.");
        assertThat(Hub.json(secondary).path("status").asText()).isEqualTo("429");
        assertThat(silent.statusCode()).isEqualTo(403);
        assertThat(silent.headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void aLostAnswerBelongsToACallThatWasCarriedOut() {
        add(FaultRule.times(1, "POST", "/repos/*/*/actions/workflows/*/dispatches", new Fault.LostAnswer()));

        assertThatThrownBy(hub::dispatch).isInstanceOf(UncheckedIOException.class);

        assertThat(hub.json(RUNS).path("total_count").asInt()).isEqualTo(1);
        assertThat(hub.dispatch()).isPositive();
    }

    @Test
    void anAnswerCanBreakInTheMiddle() throws IOException {
        add(FaultRule.times(1, "GET", RUNS, new Fault.CutAnswer(5)));

        String begun = raw("GET " + RUNS);

        assertThat(begun).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n{\"tot");
        assertThat(raw("GET " + RUNS)).endsWith("}");
    }

    private String raw(String call) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", hub.github.url().getPort())) {
            String request = call + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: token " + hub.github.token()
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aSlowCallHoldsNobodyElseUp() {
        add(FaultRule.times(64, "GET", RUNS, new Fault.Latency(Duration.ofHours(1))));
        add(FaultRule.times(1, "GET", Hub.repository(""), new Fault.Latency(Duration.ofMillis(1))));
        for (int i = 0; i < 64; i++) {
            hub.sendLater(hub.request(RUNS));
        }
        CompletableFuture<HttpResponse<String>> slow =
                hub.sendLater(hub.request(Hub.repository("")).header("Authorization", "Bearer " + hub.github.token()));

        assertThat(slow.join().statusCode()).isEqualTo(200);
        assertThat(hub.get(Hub.repository("")).statusCode()).isEqualTo(200);
        await().until(() -> hub.github.faults().hits().size() == 65);
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("embedded GitHub HTTP"))
                        .filter(thread -> thread.getState() == Thread.State.TIMED_WAITING)
                        .flatMap(thread -> Arrays.stream(thread.getStackTrace()))
                        .map(StackTraceElement::getClassName))
                .noneMatch(name -> name.contains("batchferry"));
    }

    @Test
    void aRunThatIsLateIsNowhereAtFirst() {
        add(FaultRule.always("GET", "/repos/*/*/actions/runs**", new Fault.LateRuns(Duration.ofSeconds(8))));
        long run = hub.dispatch();

        assertThat(hub.get(RUNS + "/" + run).statusCode()).isEqualTo(404);
        assertThat(hub.get(RUNS + "/" + run + "/jobs").statusCode()).isEqualTo(404);
        assertThat(hub.json(RUNS).path("total_count").asInt()).isZero();
        clock.advance(Duration.ofSeconds(9));
        assertThat(hub.json(RUNS).path("total_count").asInt()).isEqualTo(1);
        assertThat(hub.run(run).path("id").asLong()).isEqualTo(run);
    }

    @Test
    void aStaleIndexIsAskedOnlyWithFilters() {
        add(FaultRule.always("GET", "/repos/*/*/actions/**", new Fault.StaleLists(Duration.ofMinutes(1))));
        hub.dispatch();

        assertThat(hub.json(RUNS + "?per_page=5").path("total_count").asInt()).isEqualTo(1);
        assertThat(hub.json(RUNS + "?event=workflow_dispatch")
                        .path("total_count")
                        .asInt())
                .isZero();
        clock.advance(Duration.ofMinutes(2));
        assertThat(hub.json(RUNS + "?event=workflow_dispatch")
                        .path("total_count")
                        .asInt())
                .isEqualTo(1);
        assertThat(hub.github.faults().hits()).hasSize(2);
    }

    @Test
    void withChangingETagsNothingIsEverUnchanged() {
        add(FaultRule.times(2, "GET", Hub.repository(""), new Fault.ChangingETags()));

        String first = hub.get(Hub.repository("")).headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> second = hub.send(hub.request(Hub.repository(""))
                .header("Authorization", "Bearer " + hub.github.token())
                .header("If-None-Match", first));

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.headers().firstValue("ETag")).isPresent().isNotEqualTo(Optional.of(first));
    }

    @Test
    void gitIsDisturbedToo() {
        add(FaultRule.times(1, "GET", "/acme/runner.git/**", Fault.Answer.trouble(503)));
        String url = hub.github.url() + "/acme/runner.git/info/refs?service=git-upload-pack";

        assertThat(hub.get(url).statusCode()).isEqualTo(503);
        assertThat(hub.get(url).statusCode()).isEqualTo(200);
    }
}
