package io.github.batchferry.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Downloads of artifacts, from GitHub's store, whose address holds for a minute and for whoever knows it: it gets no token.
 */
final class ArtifactCalls {
    private static final Duration DEADLINE = Duration.ofMinutes(10);
    private static final int MOVED = 302;
    private static final String DIGEST = "sha256:";
    private static final int LONGEST_REFUSAL_BYTES = 1 << 20;

    private final GitHubServer server;
    private final ApiNetwork network;
    private final TokenSource tokens;
    private final GitHubFailures failures;

    ArtifactCalls(GitHubServer server, ApiNetwork network, TokenSource tokens, GitHubFailures failures) {
        this.server = server;
        this.network = network;
        this.tokens = tokens;
        this.failures = failures;
    }

    static List<RunArtifact> list(JsonNode answer) {
        List<RunArtifact> artifacts = new ArrayList<>();
        for (JsonNode artifact : answer.path("artifacts")) {
            artifacts.add(new RunArtifact(
                    artifact.path("id").longValue(),
                    artifact.path("name").asText(),
                    Optional.of(artifact.path("digest").asText(""))
                            .filter(digest -> digest.startsWith(DIGEST))
                            .map(digest -> digest.substring(DIGEST.length())),
                    artifact.path("expired").booleanValue()));
        }
        return artifacts;
    }

    /** @param request asks for the zip */
    void download(String task, HttpRequest.Builder request, Path file) throws GitHubException {
        // made only here: most programs download nothing, and a client of its own takes time to make
        AuthorizedHttp http = new AuthorizedHttp(server.apiUrl(), new GitHubHttp(network.within(DEADLINE)), tokens);
        try (GitHubAnswer answer = http.send(request)) {
            if (answer.status() == MOVED) {
                throw new GitHubException("cannot " + task + ": GitHub names no address that is safe to read", MOVED);
            }
            if (answer.status() != 200) {
                throw refused(task, answer);
            }
            save(answer.body(), file);
        } catch (IOException e) {
            throw failures.unreachable(task, e);
        }
    }

    private GitHubException refused(String task, GitHubAnswer answer) throws IOException {
        return answer.status() == 410
                ? new GitHubException("cannot " + task + ": it has expired", 410)
                : failures.refused(
                        task, answer.status(), answer.headers(), answer.body().readNBytes(LONGEST_REFUSAL_BYTES));
    }

    private static void save(InputStream body, Path file) throws IOException {
        Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
