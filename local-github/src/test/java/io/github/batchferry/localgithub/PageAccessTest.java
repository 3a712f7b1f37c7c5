package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages show private things, and every user of the machine and every web site can reach the port. */
class PageAccessTest {
    @TempDir
    Path state;

    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state).script("echo hello");
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private HttpResponse<String> withAccept(String path, String accept) {
        return hub.send(hub.request(hub.github.url() + path).header("Accept", accept));
    }

    @Test
    void withoutASessionThereIsNoPage() {
        for (String path : List.of("/", "/acme/runner", "/acme/runner/actions", "/none/none")) {
            HttpResponse<String> response = new Visitor(hub).get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(401);
            assertThat(response.body()).contains("ferry local-github serve").doesNotContain("acme");
        }
        assertThat(withAccept("/acme/runner/actions/runs/1/job/2/log?step=1", "text/html")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aLinkWorksOnceAndItsCookieIsForThisSiteAndHttpAlone() {
        URI link = hub.github.pageLink();
        Visitor visitor = new Visitor(hub);

        HttpResponse<String> first = visitor.follow(link);
        HttpResponse<String> second = new Visitor(hub).follow(link);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("ferry-session-" + hub.github.url().getPort() + "=")
                .endsWith("; Path=/; HttpOnly; SameSite=Strict");
        assertThat(second.statusCode()).isEqualTo(401);
        assertThat(second.headers().firstValue("Set-Cookie")).isEmpty();
        visitor.keepCookie(first);
        assertThat(visitor.page("/")).contains("acme/runner");
        assertThat(new Visitor(hub).follow(hub.github.url().resolve("/_open")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void theTokenOpensThePagesToo() {
        Visitor visitor = new Visitor(hub);

        assertThat(visitor.post("/_open", "token=ghp_nonsense").statusCode()).isEqualTo(401);
        visitor.keepCookie(visitor.post("/_open", "token=" + hub.github.token()));

        assertThat(visitor.page("/acme/runner")).contains(".github", "git clone");
    }

    @Test
    void sessionsEndWithTheServer() throws IOException {
        Visitor visitor = Visitor.signedIn(hub);
        visitor.page("/");
        int port = hub.github.url().getPort();
        hub.close();
        hub = new Hub(LocalGitHub.at(state).port(port));

        assertThat(visitor.get("/").statusCode()).isEqualTo(401);
    }

    @Test
    void aFormWithoutItsTokenDoesNothing() {
        Visitor visitor = Visitor.signedIn(hub);
        long run = hub.dispatch();
        hub.awaitEnd(run);
        String path = "/acme/runner/actions/runs/" + run;
        String other = Visitor.formToken(Visitor.signedIn(hub).page(path));

        assertThat(visitor.post(path + "/rerun", "").statusCode()).isEqualTo(403);
        assertThat(visitor.post(path + "/rerun", "form_token=" + other).statusCode())
                .isEqualTo(403);
        assertThat(hub.run(run).path("run_attempt").asInt()).isEqualTo(1);
        HttpResponse<String> sent =
                visitor.post(path + "/rerun", "form_token=" + Visitor.formToken(visitor.page(path)));
        assertThat(sent.statusCode()).isEqualTo(303);
        assertThat(sent.headers().firstValue("Location")).contains(path);
        hub.awaitEnd(run);
        assertThat(hub.run(run).path("run_attempt").asInt()).isEqualTo(2);
    }

    @Test
    void aNameThatSomebodyElsePointsHereIsRefused() throws IOException {
        int port = hub.github.url().getPort();

        assertThat(statusLine(port, "evil.example")).contains(" 421 ");
        assertThat(statusLine(port, "evil.example:" + port)).contains(" 421 ");
        assertThat(statusLine(port, "localhost:" + port)).contains(" 401 ");
        assertThat(statusLine(port, "127.0.0.1:" + port)).contains(" 401 ");
    }

    private static String statusLine(int port, String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port);
                InputStream in = socket.getInputStream()) {
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nAccept: text/html\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    @Test
    void everyPageForbidsWhatItDoesNotNeed() {
        for (String path : List.of("/", "/none", "/_page/style.css", "/_page/page.js", "/favicon.svg")) {
            HttpResponse<String> response = Visitor.signedIn(hub).get(path);
            assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe", "http", "data:", "*");
            assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(response.headers().firstValue("Referrer-Policy")).contains("same-origin");
            assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(response.body()).as(path).doesNotContain("<style", "style=\"", "onclick");
        }
    }

    @Test
    void theApiAnswersWhoeverDoesNotPreferPages() {
        for (String accept : List.of("*/*", "application/json", "application/vnd.github+json, text/html;q=0.1")) {
            assertThat(Hub.json(withAccept("/", accept)).has("current_user_url"))
                    .as(accept)
                    .isTrue();
        }
        assertThat(withAccept("/", "text/html").body()).startsWith("<!DOCTYPE html>");
        assertThat(withAccept("/", "text/html;q=0.5,*/*").body()).startsWith("<!DOCTYPE html>");
        assertThat(Hub.json(withAccept("/repos/acme/runner", Visitor.ACCEPT))
                        .path("message")
                        .asText())
                .isEqualTo("Requires authentication");
    }

    @Test
    void aBrowserWithASessionGetsFilesOfAnyType() {
        Visitor visitor = Visitor.signedIn(hub);
        long run = hub.dispatch();
        hub.awaitEnd(run);
        String raw = "/acme/runner/actions/runs/" + run + "/job/"
                + hub.job(run).path("id").asText() + "/raw";

        assertThat(visitor.get(raw, "*/*").body()).contains("hello");
        assertThat(withAccept(raw, "text/html").statusCode()).isEqualTo(401);
    }

    @Test
    void headersAreGivenWithoutAPage() {
        HttpRequest.Builder head =
                hub.request(hub.github.url() + "/_page/style.css").method("HEAD", HttpRequest.BodyPublishers.noBody());

        assertThat(hub.send(head).statusCode()).isEqualTo(200);
        assertThat(hub.send(head).body()).isEmpty();
    }
}
