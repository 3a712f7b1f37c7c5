package io.github.batchferry.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The tokens of a GitHub App for one repository, with no more rights than batches need: {@code actions: write} and
 * {@code contents: write}. Such a token lasts an hour; its successor is fetched five minutes before it ends, or when it is
 * refused. Thread-safe.
 */
public final class InstallationTokens implements TokenSource {
    private static final Duration EARLY = Duration.ofMinutes(5);

    private final GitHubServer server;
    private final RepositorySlug repository;
    private final GitHubApp app;
    private final GitHubHttp http;
    private final GitHubFailures failures;

    // Mutable state
    private final ServerTime time;
    private OptionalLong installation;
    private Optional<Lease> lease = Optional.empty();

    /** A token and the server's time at which it ends. */
    private record Lease(AccessToken token, Instant end) {}

    /**
     * Sends nothing yet.
     *
     * @param server the GitHub
     * @param repository the runner repository
     * @param app whose tokens they are
     * @param clock tells when a token ends; if GitHub's differs, GitHub's counts
     * @param network how the server is reached
     */
    public InstallationTokens(
            GitHubServer server, RepositorySlug repository, GitHubApp app, Clock clock, ApiNetwork network) {
        this.server = server;
        this.repository = repository;
        this.app = app;
        this.http = new GitHubHttp(network);
        this.failures = new GitHubFailures(new UsedTokens(this), clock);
        this.time = new ServerTime(clock);
        this.installation = app.installation();
    }

    /**
     * @throws GitHubAuthenticationException if the App or its key is not known, or it is not installed there, or may not do
     *     what batches need
     */
    @Override
    public synchronized AccessToken token() throws GitHubException {
        Instant now = time.now();
        if (lease.isEmpty() || !now.isBefore(lease.get().end().minus(EARLY))) {
            renewAt(now);
        }
        return lease.orElseThrow().token();
    }

    @Override
    public synchronized boolean renew(AccessToken refused) {
        if (lease.filter(held -> held.token().equals(refused)).isPresent()) {
            lease = Optional.empty();
        }
        return true;
    }

    @Override
    public String origin() {
        return app.origin();
    }

    private void renewAt(Instant now) throws GitHubException {
        try {
            lease = Optional.of(create());
        } catch (GitHubUnreachableException | GitHubRateLimitException e) {
            // the one there is does until its end, and GitHub may be back by then
            if (lease.isEmpty() || !now.isBefore(lease.get().end())) {
                throw e;
            }
        }
    }

    private Lease create() throws GitHubException {
        if (installation.isEmpty()) {
            installation = OptionalLong.of(findInstallation());
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("repositories").add(repository.name());
        body.putObject("permissions").put("actions", "write").put("contents", "write");
        GitHubReply reply = asApp(
                "get a token",
                request("/app/installations/" + installation.getAsLong() + "/access_tokens")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString())));
        if (reply.status() == 404) {
            throw failures.noToken(reply, "there is no such installation; check installation_id, or leave it out");
        }
        if (reply.status() == 422 || reply.status() == 403 && !(reply.refused() instanceof GitHubRateLimitException)) {
            throw failures.noToken(
                    reply, "grant the App actions: write and contents: write, and the repository to its installation");
        }
        return reply.expect(201).read(InstallationTokens::lease);
    }

    private static Lease lease(JsonNode answer) {
        return new Lease(
                new AccessToken(answer.path("token").asText("")),
                OffsetDateTime.parse(answer.path("expires_at").asText("")).toInstant());
    }

    private long findInstallation() throws GitHubException {
        GitHubReply reply = asApp(
                "find the installation",
                request("/repos/" + repository + "/installation").GET());
        if (reply.status() == 404) {
            throw failures.noToken(reply, "install the App on the repository's owner, with access to the repository");
        }
        return reply.expect(200).read(answer -> {
            if (!answer.path("id").canConvertToExactIntegral()) {
                throw new IllegalArgumentException("not an installation");
            }
            return answer.path("id").longValue();
        });
    }

    private GitHubReply asApp(String what, HttpRequest.Builder request) throws GitHubException {
        String task = what + " of " + origin() + " for `" + repository + "`";
        GitHubReply reply = send(task, request);
        if (reply.status() == 401 && time.correctBy(reply.headers())) {
            // signed at a time that is not GitHub's
            reply = send(task, request);
        }
        if (reply.status() == 401) {
            throw failures.noToken(reply, "check that the App's id and private key belong together");
        }
        return reply;
    }

    private GitHubReply send(String task, HttpRequest.Builder request) throws GitHubException {
        String signed = app.signedAt(time.now()).secret();
        try (GitHubAnswer answer = http.send(request.copy().setHeader("Authorization", "Bearer " + signed))) {
            return new GitHubReply(task, answer.status(), answer.headers(), answer.bytes(), failures);
        } catch (IOException e) {
            throw failures.unreachable(task, e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.apiUrl() + path))
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", "2022-11-28");
    }
}
