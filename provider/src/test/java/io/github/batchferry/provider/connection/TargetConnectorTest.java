package io.github.batchferry.provider.connection;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.github.RepositorySlug;
import io.github.batchferry.github.TokenSource;
import io.github.batchferry.provider.embedded.EmbeddedGitHub;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchFiles;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetConnectorTest {
    @TempDir
    Path directory;

    @Test
    void speaksToTheTargetsHostWithTheTargetsToken() throws Exception {
        WireMockServer server =
                new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
        server.start();
        try (TargetConnector connector = connector(Map.of("RUNNER_TOKEN", "mine", "GH_TOKEN", "other"))) {
            server.stubFor(get(anyUrl()).willReturn(ok("{\"total_count\":0,\"workflow_runs\":[]}")));
            RunnerConnection connection = connector.connect(target(server.baseUrl()));

            assertThat(connection.workflow()).isEqualTo("evals.yml");
            assertThat(connection.actions().runs(connection.workflow(), 1)).isEmpty();
            server.verify(getRequestedFor(urlPathEqualTo("/repos/myorg/eval-runner/actions/workflows/evals.yml/runs"))
                    .withHeader("Authorization", equalTo("Bearer mine")));
        } finally {
            server.stop();
        }
    }

    @Test
    void aTargetHasOneConnection() throws Exception {
        try (TargetConnector connector = connector(Map.of("RUNNER_TOKEN", "mine"))) {
            Target.GitHubActions target = target("http://127.0.0.1:9");

            assertThat(connector.connect(target)).isSameAs(connector.connect(target));
        }
    }

    @Test
    void theEmbeddedGitHubLivesFromItsFirstUseUntilTheConnectorIsClosed() throws Exception {
        Path state = directory.resolve(".ferry/local-github");
        Map<String, String> environment = Map.of("PATH", System.getenv("PATH"));
        try (TargetConnector connector = connector(environment)) {
            assertThat(state).doesNotExist();
            RunnerConnection connection = connector.connect(Target.Embedded.standard());

            assertThat(connection.repository().defaultBranch()).isEqualTo("main");
            assertThat(connection.repository().file(BatchFiles.VENDORS)).isPresent();
            assertThat(connection.actions().runs(connection.workflow(), 1)).isEmpty();
            RunnerConnection other = connector.connect(
                    Target.Embedded.standard().withOpenaiBaseUrl(URI.create("http://127.0.0.1:11434/v1")));
            assertThat(other).as("another target, the same embedded GitHub").isNotSameAs(connection);
        }
        try (EmbeddedGitHub free = EmbeddedGitHub.start(state, OptionalInt.of(0), environment)) {
            assertThat(free.tokenFile()).exists();
        }
    }

    @Test
    void whatKeepsTheEmbeddedGitHubFromStartingIsNoMatterOfAuthentication() throws Exception {
        try (TargetConnector connector = connector(Map.of())) {
            assertThatThrownBy(() -> connector.connect(Target.Embedded.standard()))
                    .isInstanceOfSatisfying(
                            ConnectionFailedException.class,
                            e -> assertThat(e.authentication()).isFalse())
                    .hasMessageStartingWith(
                            "the embedded GitHub finds no bash and no curl and no sha256sum on the PATH");
        }
    }

    private TargetConnector connector(Map<String, String> environment) {
        return new TargetConnector(environment, directory.resolve(".ferry"), Clock.systemUTC());
    }

    private static Target.GitHubActions target(String api) {
        return new Target.GitHubActions(
                "cloud",
                GitHubServer.ofApi(URI.create(api)),
                new RepositorySlug("myorg", "eval-runner"),
                "evals.yml",
                Optional.empty(),
                "eval-results",
                Optional.empty(),
                Duration.ofHours(6),
                Optional.of("RUNNER_TOKEN"),
                Optional.empty());
    }

    @Test
    void theVendorsOfTheEmbeddedGitHubAreKnownBeforeItIsStarted() throws Exception {
        Target.Embedded target = Target.Embedded.standard().withOpenaiBaseUrl(URI.create("http://127.0.0.1:11434/v1"));
        try (TargetConnector connector = connector(Map.of("PATH", System.getenv("PATH")))) {
            byte[] before = connector.vendors(target).orElseThrow();
            assertThat(directory).isEmptyDirectory();

            assertThat(connector.connect(target).repository().file(BatchFiles.VENDORS))
                    .contains(before);
        }
    }

    @Test
    void threadsThatAskAtOnceShareOneConnection() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (TargetConnector connector = connector(Map.of("RUNNER_TOKEN", "mine"))) {
            Target.GitHubActions target = target("http://127.0.0.1:9");
            List<Callable<RunnerConnection>> all = Collections.nCopies(32, () -> connector.connect(target));
            Set<RunnerConnection> connections = Collections.newSetFromMap(new IdentityHashMap<>());
            for (Future<RunnerConnection> asked : threads.invokeAll(all)) {
                connections.add(asked.get());
            }
            assertThat(connections).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aProxyThatCannotBeUsedIsToldBeforeAnythingIsSent() throws Exception {
        try (TargetConnector connector = connector(Map.of("RUNNER_TOKEN", "mine", "HTTPS_PROXY", "socks5://x"))) {
            assertThatThrownBy(() -> connector.connect(target("https://github.example.com/api/v3")))
                    .isInstanceOf(ConnectionFailedException.class)
                    .hasMessageStartingWith("environment variable HTTPS_PROXY names no proxy");
            assertThat(connector.connect(target("http://127.0.0.1:9")))
                    .as("on this machine")
                    .isNotNull();
        }
    }

    @Test
    void theTokenOfATargetKnowsItsOrigin() throws Exception {
        try (TargetConnector connector = connector(Map.of("RUNNER_TOKEN", "mine"))) {
            TokenSource tokens = connector.tokens(target("http://127.0.0.1:9"));

            assertThat(tokens.origin()).isEqualTo("environment variable RUNNER_TOKEN");
            assertThat(tokens.token().secret()).isEqualTo("mine");
        }
    }
}
