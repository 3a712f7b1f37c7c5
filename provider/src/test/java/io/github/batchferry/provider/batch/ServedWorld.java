package io.github.batchferry.provider.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.batchferry.git.JGitRemote;
import io.github.batchferry.github.AccessToken;
import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.github.HttpActionsClient;
import io.github.batchferry.github.KohsukeRepositoryApi;
import io.github.batchferry.github.RepositorySlug;
import io.github.batchferry.localgithub.LocalGitHub;
import io.github.batchferry.provider.connection.RunnerConnection;
import io.github.batchferry.provider.connection.RunnerConnector;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchFiles;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * An embedded GitHub with a runner repository, spoken to over HTTP, and clients of it. The workflow does what the test says;
 * the time of the clients is simulated.
 */
final class ServedWorld implements Closeable {
    private static final RepositorySlug REPOSITORY = new RepositorySlug("myorg", "eval-runner");
    private static final String WORKFLOW = """
            name: Run evals
            run-name: "llm-batch ${{ inputs.batch_id }}"
            on:
              workflow_dispatch:
                inputs:
                  batch_id: {type: string}
                  prompts_artifact: {type: string}
                  manifest: {type: string}
                  results_branch: {type: string}
                  shards: {type: string, default: "[0]"}
                  results_artifact: {type: string, default: "false"}
            jobs:
              batch:
                runs-on: ubuntu-24.04
                steps:
            """;

    final TestTime time = new TestTime();
    final World.Heard heard = new World.Heard();
    final LocalGitHub github;
    private final Path folder;

    /** @param steps what the workflow's only job does, as the lines of a YAML sequence without indentation */
    ServedWorld(Path folder, String steps) throws IOException {
        this.folder = folder;
        this.github = LocalGitHub.at(folder.resolve("github"))
                .environment(Map.of("PATH", System.getenv("PATH")))
                .clock(time)
                .start();
        github.createRepository(REPOSITORY.owner(), REPOSITORY.name());
        github.commit(
                REPOSITORY.owner(),
                REPOSITORY.name(),
                "runner",
                Map.of(
                        BatchFiles.WORKFLOW,
                        (WORKFLOW + steps.indent(6)).getBytes(UTF_8),
                        BatchFiles.VENDORS,
                        "vendors: [{name: echo, kind: echo, models: [\"echo*\"]}]".getBytes(UTF_8)));
    }

    /** The target in this world. */
    Target.GitHubActions target() {
        return target(github.apiUrl());
    }

    private static Target.GitHubActions target(URI apiUrl) {
        return new Target.GitHubActions(
                "cloud",
                GitHubServer.ofApi(apiUrl),
                REPOSITORY,
                Target.GitHubActions.DEFAULT_WORKFLOW,
                Optional.empty(),
                BatchFiles.DEFAULT_RESULTS_PREFIX,
                Optional.empty(),
                Duration.ofMinutes(30),
                Optional.empty(),
                Optional.empty());
    }

    /** The repository's git, for whoever plays the runner. */
    JGitRemote git() {
        return connection(github.apiUrl()).git() instanceof JGitRemote git ? git : null;
    }

    JournaledBatches client() {
        return client(github.apiUrl());
    }

    /** A client that reaches the API at another address, such as that of a relay. */
    JournaledBatches client(URI apiUrl) {
        RunnerConnection connection = connection(apiUrl);
        RunnerConnector connector = new RunnerConnector() {
            @Override
            public RunnerConnection connect(Target target) {
                return connection;
            }

            @Override
            public void close() {}
        };
        return new JournaledBatches(
                folder.resolve(".ferry"), connector, time, new Random(7), time, heard, "ferry/test");
    }

    private RunnerConnection connection(URI apiUrl) {
        GitHubServer server = target(apiUrl).server();
        AccessToken token = new AccessToken(github.token());
        return new RunnerConnection(
                new HttpActionsClient(server, REPOSITORY, () -> token, time),
                new KohsukeRepositoryApi(server, REPOSITORY, () -> token, time),
                new JGitRemote(
                        server.gitUrl(REPOSITORY),
                        Optional.of(token.secret()),
                        folder.resolve("scratch"),
                        Duration.ofSeconds(20),
                        time),
                Target.GitHubActions.DEFAULT_WORKFLOW);
    }

    @Override
    public void close() throws IOException {
        github.close();
    }
}
