package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateLimitTest {
    @TempDir
    Path state;

    private final HandClock clock = new HandClock();

    @Test
    void everyCallCountsButOneWhoseAnswerDidNotChange() throws IOException {
        try (Hub hub = new Hub(LocalGitHub.at(state).clock(clock))) {
            HttpResponse<String> first = hub.get(Hub.repository(""));
            HttpResponse<String> unchanged = hub.send(hub.request(Hub.repository(""))
                    .header("Authorization", "Bearer " + hub.github.token())
                    .header("If-None-Match", first.headers().firstValue("ETag").orElseThrow()));

            assertThat(unchanged.statusCode()).isEqualTo(304);
            assertThat(unchanged.headers().firstValue("X-RateLimit-Used")).contains("1");
            assertThat(hub.get("/none").headers().firstValue("X-RateLimit-Remaining"))
                    .contains("4998");
            JsonNode core = hub.json("/rate_limit").path("resources").path("core");
            assertThat(core.path("used").asInt()).isEqualTo(2);
            assertThat(core.path("remaining").asInt()).isEqualTo(4998);
            clock.advance(Duration.ofHours(1));
            assertThat(hub.json("/rate_limit").path("rate").path("used").asInt())
                    .isZero();
        }
    }

    @Test
    void callersAreCountedApart() throws IOException {
        try (Hub hub = new Hub(LocalGitHub.at(state).clock(clock))) {
            hub.get(Hub.repository(""));

            HttpResponse<String> anybody = hub.send(hub.request("/meta"));

            assertThat(anybody.headers().firstValue("X-RateLimit-Limit")).contains("60");
            assertThat(anybody.headers().firstValue("X-RateLimit-Remaining")).contains("59");
        }
    }

    @Test
    void aJobHasALimitOfItsOwn() throws IOException {
        try (Hub hub = new Hub(state)
                .script("curl -s -D - -o /dev/null -H \"Authorization: Bearer ${{ secrets.GITHUB_TOKEN }}\""
                        + " $GITHUB_API_URL/repos/acme/runner")) {
            String log = hub.awaitLog(hub.dispatch());

            assertThat(log.toLowerCase(java.util.Locale.ROOT))
                    .contains("x-ratelimit-limit: 1000")
                    .contains("x-ratelimit-remaining: 999")
                    .doesNotContain("x-oauth-scopes");
        }
    }

    @Test
    void whoUsedALimitUpIsRefusedUntilTheHourIsOver() throws IOException {
        try (Hub hub = new Hub(LocalGitHub.at(state).clock(clock).rateLimits(2, 1))) {
            hub.get(Hub.repository(""));
            hub.get(Hub.repository(""));

            HttpResponse<String> refused = hub.get(Hub.repository(""));

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(Hub.json(refused).path("message").asText()).isEqualTo("API rate limit exceeded for user local.");
            assertThat(refused.headers().firstValue("X-RateLimit-Remaining")).contains("0");
            assertThat(hub.get("/rate_limit").statusCode()).isEqualTo(200);
            clock.advance(Duration.ofHours(1));
            assertThat(hub.get(Hub.repository("")).statusCode()).isEqualTo(200);
        }
    }
}
