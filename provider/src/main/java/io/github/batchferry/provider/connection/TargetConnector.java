package io.github.batchferry.provider.connection;

import io.github.batchferry.git.JGitRemote;
import io.github.batchferry.github.ApiNetwork;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.github.HttpActionsClient;
import io.github.batchferry.github.KohsukeRepositoryApi;
import io.github.batchferry.github.LeanRepositoryApi;
import io.github.batchferry.github.RepositoryApi;
import io.github.batchferry.github.RepositorySlug;
import io.github.batchferry.github.TokenSource;
import io.github.batchferry.provider.embedded.EmbeddedGitHub;
import io.github.batchferry.provider.embedded.EmbeddedUnavailableException;
import io.github.batchferry.provider.embedded.EmbeddedVendors;
import io.github.batchferry.provider.targets.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Connects to runner repositories on a GitHub with the user's token, and to the embedded one, which it starts when it is
 * first needed and stops when it is closed. Thread-safe.
 */
public final class TargetConnector implements RunnerConnector {
    private final Map<String, String> environment;
    private final Path stateDirectory;
    private final Clock clock;
    private final GitHubAccess access;

    // Mutable state
    private final Map<Target, RunnerConnection> connections = new HashMap<>();
    private Optional<EmbeddedGitHub> embedded = Optional.empty();

    /**
     * @param environment where tokens and proxies are looked for, and what the embedded GitHub's steps find their programs by
     * @param stateDirectory folder of what is kept here, {@code .ferry}
     */
    public TargetConnector(Map<String, String> environment, Path stateDirectory, Clock clock) {
        this(environment, stateDirectory, clock, Optional.empty());
    }

    /** @param trace hears of every exchange */
    public TargetConnector(
            Map<String, String> environment, Path stateDirectory, Clock clock, Optional<ApiTrace> trace) {
        this.environment = Map.copyOf(environment);
        this.stateDirectory = stateDirectory;
        this.clock = clock;
        this.access = new GitHubAccess(environment, clock, trace);
    }

    @Override
    public synchronized RunnerConnection connect(Target target) throws ConnectionFailedException {
        RunnerConnection known = connections.get(target);
        if (known != null) {
            return known;
        }
        RunnerConnection opened = target instanceof Target.GitHubActions github
                ? open(github.server(), github.repository(), tokens(github), github.workflow())
                : openEmbedded((Target.Embedded) target);
        connections.put(target, opened);
        return opened;
    }

    /** Those of the embedded GitHub are known without starting it, which would write its state. */
    @Override
    public Optional<byte[]> vendors(Target target) throws ConnectionFailedException, GitHubException {
        if (target instanceof Target.Embedded embeddedTarget) {
            String yaml = new EmbeddedVendors(embeddedTarget.openaiBaseUrl(), Set.of()).yaml();
            return Optional.of(yaml.getBytes(StandardCharsets.UTF_8));
        }
        return RunnerConnector.super.vendors(target);
    }

    /**
     * Where the token of a target comes from; no App is asked for one yet.
     *
     * @throws ConnectionFailedException if there is no token and no key of an App, or none that can be used, with what to set
     */
    public TokenSource tokens(Target.GitHubActions target) throws ConnectionFailedException {
        return access.tokens(target);
    }

    @Override
    public synchronized void close() throws IOException {
        connections.clear();
        if (embedded.isPresent()) {
            embedded.get().close();
            embedded = Optional.empty();
        }
    }

    private RunnerConnection openEmbedded(Target.Embedded target) throws ConnectionFailedException {
        try {
            if (embedded.isEmpty()) {
                embedded = Optional.of(
                        EmbeddedGitHub.start(stateDirectory.resolve("local-github"), OptionalInt.of(0), environment));
            }
            EmbeddedGitHub github = embedded.get();
            github.offer(target.openaiBaseUrl());
            return open(
                    github.server(),
                    EmbeddedGitHub.REPOSITORY,
                    TokenSource.of(github.token(), "the embedded GitHub"),
                    Target.GitHubActions.DEFAULT_WORKFLOW);
        } catch (EmbeddedUnavailableException e) {
            throw new ConnectionFailedException(e.getMessage(), false);
        }
    }

    private RunnerConnection open(GitHubServer server, RepositorySlug repository, TokenSource token, String workflow)
            throws ConnectionFailedException {
        ApiNetwork network = access.api(server);
        HttpActionsClient actions = new HttpActionsClient(server, repository, token, clock, network);
        return new RunnerConnection(
                actions,
                repository(
                        server,
                        repository,
                        new LeanRepositoryApi(
                                actions,
                                repository,
                                () -> new KohsukeRepositoryApi(server, repository, token, clock, network))),
                new JGitRemote(
                        server.gitUrl(repository),
                        new SharedToken(token),
                        stateDirectory.resolve("tmp"),
                        clock,
                        access.git(server)),
                workflow);
    }

    /** Nothing is remembered of the embedded GitHub, which costs nothing to ask. */
    private RepositoryApi repository(GitHubServer server, RepositorySlug repository, RepositoryApi asked) {
        boolean ours = embedded.filter(github -> github.server().equals(server)).isPresent();
        return ours ? asked : new RememberedRepository(stateDirectory, server, repository, asked, clock);
    }
}
