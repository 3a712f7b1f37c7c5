package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.openapi.JudgedFolder;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** An embedded GitHub with one repository, and a client that speaks its words. */
final class Hub implements Closeable {
    static final String OWNER = "acme";
    static final String NAME = "runner";
    static final String WORKFLOW = ".github/workflows/job.yml";

    private final HttpClient http = HttpClient.newHttpClient();
    private final JudgedFolder exchanges = JudgedFolder.create();
    final LocalGitHub github;

    Hub(Path state) throws IOException {
        this(LocalGitHub.at(state).stopGrace(Duration.ofSeconds(5)));
    }

    Hub(LocalGitHub.Builder builder) throws IOException {
        this.github = builder.recordExchanges(exchanges.path()).start();
        github.createRepository(OWNER, NAME);
    }

    /** Commits a workflow file. */
    Hub workflow(String yaml) throws IOException {
        return file(WORKFLOW, yaml);
    }

    /** Commits a workflow that runs one script. */
    Hub script(String... lines) throws IOException {
        return workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                      - run: |
                """
                + String.join(
                        "",
                        Arrays.stream(lines)
                                .map(line -> "          " + line + "\n")
                                .toList()));
    }

    Hub file(String path, String content) throws IOException {
        github.commit(OWNER, NAME, "Add " + path, Map.of(path, content.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    static String repository(String path) {
        return "/repos/" + OWNER + "/" + NAME + path;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : github.apiUrl() + path))
                .timeout(Duration.ofSeconds(30));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    CompletableFuture<HttpResponse<String>> sendLater(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) {
        return send(request(path).header("Authorization", "Bearer " + github.token()));
    }

    HttpResponse<String> post(String path, String body) {
        return send(request(path)
                .header("Authorization", "Bearer " + github.token())
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Sends a call of any method as the user. */
    HttpResponse<String> call(String method, String path, String body) {
        return call(github.token(), method, path, body);
    }

    /** Sends a call of any method with any token; an empty body is none. */
    HttpResponse<String> call(String token, String method, String path, String body) {
        return send(request(path)
                .header("Authorization", "Bearer " + token)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Sends a call about the repository, which must be answered with a status; the answer's body. */
    JsonNode expect(int status, String method, String path, String body) {
        HttpResponse<String> response = call(method, repository(path), body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return response.body().isEmpty() ? Json.object() : json(response);
    }

    /** Sends a call about the repository, which must be refused; GitHub's words for it. */
    String refusal(int status, String method, String path, String body) {
        return expect(status, method, path, body).path("message").asText();
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return Json.MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode json(String path) {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    HttpResponse<String> tryDispatch(Map<String, ?> inputs) {
        ObjectNode body = Json.object().put("ref", "main").put("return_run_details", true);
        body.set("inputs", Json.MAPPER.valueToTree(inputs));
        return post(repository("/actions/workflows/job.yml/dispatches"), body.toString());
    }

    long dispatch(Map<String, ?> inputs) {
        HttpResponse<String> response = tryDispatch(inputs);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response).path("workflow_run_id").asLong();
    }

    long dispatch() {
        return dispatch(Map.of());
    }

    JsonNode run(long id) {
        return json(repository("/actions/runs/" + id));
    }

    JsonNode job(long run) {
        return json(repository("/actions/runs/" + run + "/jobs")).path("jobs").path(0);
    }

    /** The jobs of a run's latest attempt. */
    JsonNode jobs(long run) {
        return json(repository("/actions/runs/" + run + "/jobs?per_page=100")).path("jobs");
    }

    /** How the jobs of a run's latest attempt ended, by name; where they stand, if they are not over. */
    Map<String, String> verdicts(long run) {
        Map<String, String> verdicts = new LinkedHashMap<>();
        jobs(run)
                .forEach(job -> verdicts.put(
                        job.path("name").asText(),
                        job.path(job.path("conclusion").isNull() ? "status" : "conclusion")
                                .asText()));
        return verdicts;
    }

    JsonNode awaitStatus(long run, String status) {
        return await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> run(run), json -> json.path("status").asText().equals(status));
    }

    JsonNode awaitEnd(long run) {
        return awaitStatus(run, "completed");
    }

    /** Dispatches, waits for success, gives the log. */
    String logOfSuccess(Map<String, ?> inputs) {
        long run = dispatch(inputs);
        String conclusion = awaitEnd(run).path("conclusion").asText();
        String log = log(run);
        assertThat(conclusion).as(log).isEqualTo("success");
        return log;
    }

    String log(long run) {
        HttpResponse<String> response =
                get(repository("/actions/jobs/" + job(run).path("id").asText() + "/logs"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(302);
        return send(request(response.headers().firstValue("Location").orElseThrow()))
                .body();
    }

    /** Waits for the end of a run and gives the log of its first job. */
    String awaitLog(long run) {
        awaitEnd(run);
        return log(run);
    }

    /** A file of a run's workspace. */
    Path workspace(Path state, long run) {
        return state.resolve("runs").resolve("" + run).resolve("workspaces").resolve("job");
    }

    /** Stops, and holds all that was said against GitHub's description. */
    @Override
    public void close() throws IOException {
        github.close();
        exchanges.close();
    }
}
