package io.github.batchferry.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.git.JGitRemote;
import io.github.batchferry.localgithub.LocalGitHub;
import io.github.batchferry.localgithub.server.Mode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Looks into an embedded GitHub from outside, by plain HTTP and git. */
final class Embedded {
    static final String REPOSITORY = "local/runner";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();

    private Embedded() {}

    /** Starts the one that a ferry used in a folder, in this process. */
    static LocalGitHub start(Path home) throws IOException {
        return at(home.resolve(".ferry/local-github")).start();
    }

    /** Begins to describe one, whose exchanges are recorded. */
    static LocalGitHub.Builder at(Path state) {
        return LocalGitHub.at(state).recordExchanges(Exchanges.folder());
    }

    /** Starts one that is like a GitHub Enterprise Server, with its API below {@code /api/v3}. */
    static LocalGitHub startEnterprise(Path home) throws IOException {
        return LocalGitHub.at(home.resolve(".ferry/local-github"))
                .mode(Mode.GHES)
                .recordExchanges(Exchanges.folder())
                .start();
    }

    static GitRemote git(LocalGitHub github, Path scratch) {
        return git(github, REPOSITORY, scratch);
    }

    static GitRemote git(LocalGitHub github, String repository, Path scratch) {
        return new JGitRemote(
                URI.create(github.url() + "/" + repository + ".git"),
                Optional.of(github.token()),
                scratch,
                Duration.ofSeconds(30));
    }

    static String jobLog(LocalGitHub github, long runId) throws IOException, InterruptedException {
        JsonNode jobs =
                new ObjectMapper().readTree(get(github.url(), github.token(), "/actions/runs/" + runId + "/jobs"));
        return get(
                github.url(),
                github.token(),
                "/actions/jobs/" + jobs.at("/jobs/0/id").asLong() + "/logs");
    }

    static JsonNode runs(URI url, String token) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(get(url, token, "/actions/runs?per_page=100"));
    }

    private static String get(URI url, String token, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url.toString().replaceAll("/$", "") + "/repos/" + REPOSITORY + path))
                .header("Authorization", "Bearer " + token)
                .build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }
}
