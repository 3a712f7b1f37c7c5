package io.github.batchferry.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;

/**
 * Any call of the REST API about one repository, for what is done seldom: installing and examining a runner repository.
 * Answers come back as they are, refusals too; nothing is repeated. Thread-safe.
 */
public final class GitHubRest {
    /** Long enough to send a batch runner over a slow line. */
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private static final String JSON = "application/vnd.github+json";
    private static final String RAW = "application/vnd.github.raw+json";

    private final String api;
    private final RepositorySlug repository;
    private final AuthorizedHttp http;
    private final GitHubFailures failures;

    /**
     * @param server the GitHub
     * @param repository the repository
     * @param tokens asked before every request
     * @param clock tells how long a rate limit lasts
     * @param network how the server is reached; with a deadline of two minutes, enough to send a batch runner over a slow line
     */
    public GitHubRest(
            GitHubServer server, RepositorySlug repository, TokenSource tokens, Clock clock, ApiNetwork network) {
        UsedTokens used = new UsedTokens(tokens);
        this.api = server.apiUrl().toString();
        this.repository = repository;
        this.http = new AuthorizedHttp(server.apiUrl(), new GitHubHttp(network.within(DEADLINE)), used);
        this.failures = new GitHubFailures(used, clock);
    }

    /** The repository that the calls are about. */
    public RepositorySlug repository() {
        return repository;
    }

    /**
     * Reads something of the repository.
     *
     * @param task what is tried, for messages, such as {@code read the environments}
     * @param path below the repository, empty or beginning with a slash, with what needs it percent-encoded
     * @throws GitHubUnreachableException if no answer came
     */
    public RestReply get(String task, String path) throws GitHubException {
        return send(task, request("/repos/" + repository + path, JSON).GET());
    }

    /** Reads the bytes of a file of the repository. */
    public RestReply raw(String task, String path) throws GitHubException {
        return send(task, request("/repos/" + repository + path, RAW).GET());
    }

    /** Reads something of the server, by a path from the root of its API. */
    public RestReply server(String task, String path) throws GitHubException {
        return send(task, request(path, JSON).GET());
    }

    /** Changes something of the repository. */
    public RestReply send(String method, String task, String path, JsonNode body) throws GitHubException {
        return send(
                task,
                request("/repos/" + repository + path, JSON)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body.toString())));
    }

    private HttpRequest.Builder request(String path, String accepted) {
        return HttpRequest.newBuilder(URI.create(api + path))
                .header("Accept", accepted)
                .header("X-GitHub-Api-Version", "2022-11-28");
    }

    private RestReply send(String task, HttpRequest.Builder request) throws GitHubException {
        String whole = task + " of `" + repository + "`";
        try (GitHubAnswer answer = http.send(request)) {
            return new RestReply(new GitHubReply(whole, answer.status(), answer.headers(), answer.bytes(), failures));
        } catch (IOException e) {
            throw failures.unreachable(whole, e);
        }
    }
}
