package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.server.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModesTest {
    @TempDir
    Path state;

    private Hub ghes() throws IOException {
        return new Hub(LocalGitHub.at(state).mode(Mode.GHES));
    }

    @Test
    void anEnterpriseServerServesTheApiBelowItsFolder() throws IOException {
        try (Hub hub = ghes().script("echo $GITHUB_API_URL $GITHUB_SERVER_URL $GITHUB_GRAPHQL_URL")) {
            String root = hub.github.url().toString();
            HttpResponse<String> meta = hub.get("/meta");
            JsonNode repository = hub.json(Hub.repository(""));

            assertThat(hub.github.apiUrl()).hasToString(root + "/api/v3");
            assertThat(Hub.json(meta).path("installed_version").asText()).isEqualTo("3.19.0");
            assertThat(meta.headers().firstValue("X-GitHub-Enterprise-Version")).contains("3.19.0");
            assertThat(repository.path("url").asText()).isEqualTo(root + "/api/v3/repos/acme/runner");
            assertThat(repository.path("clone_url").asText()).isEqualTo(root + "/acme/runner.git");
            assertThat(repository.path("owner").path("url").asText()).isEqualTo(root + "/api/v3/users/acme");
            assertThat(hub.get(root + Hub.repository("")).statusCode()).isEqualTo(404);
            assertThat(hub.post(Hub.repository("/actions/workflows/job.yml/dispatches"), "{\"ref\":\"main\"}")
                            .statusCode())
                    .isEqualTo(204);
            long run = hub.json(Hub.repository("/actions/runs"))
                    .path("workflow_runs")
                    .path(0)
                    .path("id")
                    .asLong();
            assertThat(hub.awaitLog(run)).contains(root + "/api/v3 " + root + " " + root + "/api/graphql");
        }
    }

    @Test
    void anEnterpriseServerReturnsNoRunDetailsAndHasNoLimits() throws IOException {
        try (Hub hub = ghes().script("echo hello")) {
            HttpResponse<String> dispatch = hub.post(
                    Hub.repository("/actions/workflows/job.yml/dispatches"),
                    "{\"ref\":\"main\",\"return_run_details\":true}");

            assertThat(dispatch.statusCode()).isEqualTo(400);
            assertThat(dispatch.body()).contains("return_run_details");
            assertThat(dispatch.headers().firstValue("X-RateLimit-Limit")).isEmpty();
            assertThat(hub.get("/rate_limit").statusCode()).isEqualTo(404);
            assertThat(hub.get(Hub.repository("/actions/runs/1/concurrency_groups"))
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void anEnterpriseServerTakesTenInputs() throws IOException {
        try (Hub hub = ghes().workflow(withInputs(10))) {
            String path = Hub.repository("/actions/workflows/job.yml/dispatches");
            String eleven = IntStream.rangeClosed(1, 11)
                    .mapToObj(number -> "\"i" + number + "\":\"x\"")
                    .collect(Collectors.joining(","));

            HttpResponse<String> given = hub.post(path, "{\"ref\":\"main\",\"inputs\":{" + eleven + "}}");
            assertThat(hub.post(path, "{\"ref\":\"main\"}").statusCode()).isEqualTo(204);
            hub.workflow(withInputs(11));
            HttpResponse<String> declared = hub.post(path, "{\"ref\":\"main\"}");

            assertThat(given.statusCode()).isEqualTo(422);
            assertThat(given.body()).contains("No more than 10 properties are allowed; 11 were supplied.");
            assertThat(declared.statusCode()).isEqualTo(422);
            assertThat(declared.body()).contains("you may only define up to 10 inputs");
        }
    }

    private static String withInputs(int count) {
        return "on:\n  workflow_dispatch:\n    inputs:\n"
                + IntStream.rangeClosed(1, count)
                        .mapToObj(number -> "      i" + number + ":\n        type: string\n")
                        .collect(Collectors.joining())
                + "jobs:\n  job:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: true\n";
    }

    @Test
    void gitHubDotComHasNothingBelowThatFolder() throws IOException {
        try (Hub hub = new Hub(state)) {
            assertThat(hub.get("/api/v3" + Hub.repository("")).statusCode()).isEqualTo(404);
            assertThat(hub.get("/api/v3/meta").statusCode()).isEqualTo(404);
            assertThat(hub.json("/meta").has("installed_version")).isFalse();
            assertThat(hub.get("/meta").headers().firstValue("X-GitHub-Enterprise-Version"))
                    .isEmpty();
        }
    }

    @Test
    void theVersionOfTheApiIsChosenByHeader() throws IOException {
        try (Hub hub = new Hub(state).script("echo hello")) {
            String path = Hub.repository("/actions/workflows/job.yml/dispatches");
            HttpResponse<String> usual = hub.get("/rate_limit");
            HttpResponse<String> newer = version(hub, "2026-03-10", "GET", "/rate_limit", "");
            HttpResponse<String> unknown = version(hub, "2021-01-01", "GET", "/rate_limit", "");

            assertThat(usual.headers().firstValue("X-GitHub-Api-Version-Selected"))
                    .contains("2022-11-28");
            assertThat(usual.headers().firstValue("X-GitHub-Media-Type")).contains("github.v3; format=json");
            assertThat(Hub.json(usual).has("rate")).isTrue();
            assertThat(newer.headers().firstValue("X-GitHub-Api-Version-Selected"))
                    .contains("2026-03-10");
            assertThat(Hub.json(newer).has("rate")).isFalse();
            assertThat(unknown.statusCode()).isEqualTo(400);
            assertThat(Hub.json(unknown).path("message").asText())
                    .contains("\"2021-01-01\", is not a supported version")
                    .contains("\"2026-03-10\" (most recent), \"2022-11-28\"");
            assertThat(version(hub, "2022-11-28", "POST", path, "{\"ref\":\"main\"}")
                            .statusCode())
                    .isEqualTo(204);
            HttpResponse<String> details = version(hub, "2026-03-10", "POST", path, "{\"ref\":\"main\"}");
            assertThat(details.statusCode()).isEqualTo(200);
            assertThat(Hub.json(details).path("workflow_run_id").asLong()).isPositive();
        }
        try (Hub hub = ghes()) {
            assertThat(version(hub, "2026-03-10", "GET", "/meta", "").statusCode())
                    .isEqualTo(400);
        }
    }

    private static HttpResponse<String> version(Hub hub, String version, String method, String path, String body) {
        return hub.send(hub.request(path)
                .header("Authorization", "Bearer " + hub.github.token())
                .header("X-GitHub-Api-Version", version)
                .method(method, java.net.http.HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void callsToAProxyAreServedAndAnswersLeadBackThere() throws IOException {
        try (Hub hub = new Hub(state).script("echo hello")) {
            long run = hub.dispatch();
            hub.awaitEnd(run);
            String answer = proxied(hub, "http://api.github.localhost" + Hub.repository("/actions/runs/" + run));
            String list =
                    proxied(hub, "http://api.github.localhost" + Hub.repository("/actions/runs?per_page=1&page=2"));
            String root = hub.github.url().toString();

            assertThat(answer)
                    .startsWith("HTTP/1.1 200")
                    .contains("\"jobs_url\":\"http://api.github.localhost/repos/acme/runner/actions/runs/" + run)
                    .contains("\"html_url\":\"" + root + "/acme/runner/actions/runs/" + run)
                    .doesNotContain(root + "/repos/");
            assertThat(list).contains("<http://api.github.localhost/repos/acme/runner/actions/runs?per_page=1&page=1>");
            assertThat(proxied(hub, "http://github.localhost/acme/runner.git/info/refs?service=git-upload-pack"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void callsToOtherHostsAreNotForwarded() throws IOException {
        try (Hub hub = new Hub(state)) {
            assertThat(proxied(hub, "http://example.com/meta"))
                    .startsWith("HTTP/1.1 421")
                    .contains("cannot forward to `example.com`");
        }
    }

    /** What a client does that was told of a proxy; Java's own leaves loopback out. */
    private static String proxied(Hub hub, String target) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", hub.github.url().getPort())) {
            String request = "GET " + target + " HTTP/1.1\r\nHost: api.github.localhost\r\nAuthorization: token "
                    + hub.github.token() + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aHeadIsAGetWithoutBody() throws IOException {
        try (Hub hub = new Hub(state)) {
            HttpResponse<String> head = version(hub, "2022-11-28", "HEAD", Hub.repository(""), "");

            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.headers().firstValue("ETag")).isPresent();
        }
    }
}
