package io.github.batchferry.runner.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.runner.redaction.Redactor;
import io.github.batchferry.runner.vendor.VendorAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpDoorTest {
    private static final HttpRequest REQUEST =
            HttpRequest.newBuilder(URI.create("https://vendor.example/token")).build();

    private static final String PROOF = "eyJhbGciOiJub25lIn0." + "c2lnbmVk".repeat(60);

    private static HttpDoor answering(int status, String body) {
        return new HttpDoor(
                request -> CompletableFuture.completedFuture(VendorAnswer.of(status, body)),
                Duration.ofMinutes(1),
                new Redactor(List.of(PROOF))::errorText);
    }

    @Test
    void aStalledAnswerIsGivenUpAndItsConnectionClosed() {
        CompletableFuture<VendorAnswer> stalled = new CompletableFuture<>();
        HttpDoor door = new HttpDoor(request -> stalled, Duration.ofMillis(1), text -> text);

        assertThatThrownBy(() -> door.ask(REQUEST, "GitHub").get())
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("cannot ask GitHub for a token: no complete answer within 0 s");
        assertThat(stalled).isCancelled();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | true | {\"error\":\"invalid_grant\",\"error_description\":\"no\"} | 400 invalid_grant: no",
                "401 | true | {\"error\":{\"message\":\"who?\"}} | 401: who?",
                "403 | true | {\"message\":\"not you\"} | 403: not you",
                "404 | true | <html> | 404",
                "307 | true | {} | 307",
                "408 | false | {} | 408",
                "429 | false | {} | 429",
                "502 | false | {} | 502"
            })
    void refusalsAndWhatMayPassAreToldApart(int status, boolean refused, String body, String words) {
        assertThatThrownBy(() -> answering(status, body).ask(REQUEST, "it").get())
                .cause()
                .isInstanceOfSatisfying(
                        ExchangeFailedException.class,
                        e -> assertThat(e.isRefused()).isEqualTo(refused))
                .hasMessage("it gave no token: " + words);
    }

    @Test
    void whatWasSentIsHiddenWhereTheWordsAreCut() {
        assertThatThrownBy(
                        () -> answering(400, "{\"error\":\"invalid assertion " + "x".repeat(200) + " " + PROOF + "\"}")
                                .ask(REQUEST, "it")
                                .get())
                .cause()
                .satisfies(e -> assertThat(e.getMessage()).endsWith(" ***"));
    }

    @Test
    void longWordsAreCut() {
        assertThatThrownBy(() -> answering(400, "{\"error\":\"" + "x".repeat(5000) + "\"}")
                        .ask(REQUEST, "it")
                        .get())
                .cause()
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(600));
    }
}
