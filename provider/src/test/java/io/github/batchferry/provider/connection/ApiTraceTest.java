package io.github.batchferry.provider.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.github.ApiExchange;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ApiTraceTest {
    private static final String TOKEN = "ghs_4242_eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl";
    private static final URI ADDRESS = URI.create("https://api.github.com/repos/o/r");

    private final List<String> lines = new ArrayList<>();
    private final ApiTrace trace = new ApiTrace(lines::addAll);

    @Test
    void anExchangeIsALineAndItsBodies() {
        trace.exchanged(new ApiExchange(
                "POST",
                ADDRESS,
                201,
                Duration.ofMillis(83),
                new TreeMap<>(Map.of("x-ratelimit-remaining", "4987", "x-ratelimit-limit", "5000")),
                "{\"a\":1}",
                "{\n  \"token\": \"" + TOKEN + "\"}\u001b[2J",
                Optional.empty()));

        assertThat(lines)
                .containsExactly(
                        "api: POST https://api.github.com/repos/o/r: 201 after 83 ms, x-ratelimit-limit 5000,"
                                + " x-ratelimit-remaining 4987",
                        "api:   sent {\"a\":1}",
                        "api:   received {   \"token\": \"***\"} [2J");
    }

    @Test
    void anAnswerThatNeverCameIsTold() {
        trace.exchanged(new ApiExchange(
                "GET", ADDRESS, 0, Duration.ofMillis(5), new TreeMap<>(), "", "", Optional.of("Connection reset")));

        assertThat(lines)
                .containsExactly("api: GET https://api.github.com/repos/o/r: no answer (Connection reset) after 5 ms");
    }

    @Test
    void gitIsToldToo() {
        trace.exchanged("POST", URI.create("https://github.com/o/r.git/git-receive-pack"), 200, Duration.ofSeconds(2));

        assertThat(lines).containsExactly("git: POST https://github.com/o/r.git/git-receive-pack: 200 after 2000 ms");
    }
}
