package io.github.batchferry.provider.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.JGitRemote;
import io.github.batchferry.localgithub.faults.Fault;
import io.github.batchferry.localgithub.faults.FaultRule;
import io.github.batchferry.workflow.RunnerRepositoryFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedGitHubTest {
    private static final OptionalInt ANY = OptionalInt.of(0);
    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", System.getenv("PATH"));

    @TempDir
    Path directory;

    private Path state;

    @BeforeEach
    void prepare() {
        state = directory.resolve("state");
    }

    @Test
    void theRunnerRepositoryHoldsTheShippedFilesAndVendorsForTheTarget() throws Exception {
        try (EmbeddedGitHub github = EmbeddedGitHub.start(state, ANY, ENVIRONMENT)) {
            github.offer(Optional.of(URI.create("http://127.0.0.1:11434/v1")));

            try (BranchSnapshot main = main(github)) {
                assertThat(main.paths())
                        .containsExactly(
                                ".ferry/batch-runner.jar", ".ferry/vendors.yaml", ".github/workflows/run-evals.yml");
                assertThat(main.open(".github/workflows/run-evals.yml"))
                        .hasBinaryContent(RunnerRepositoryFiles.workflow());
                assertThat(main.open(".ferry/batch-runner.jar"))
                        .hasBinaryContent(RunnerRepositoryFiles.batchRunnerJar());
                assertThat(text(main, ".ferry/vendors.yaml")).contains("http://127.0.0.1:11434/v1");
            }
        }
    }

    @Test
    void callsGoWrongWhereThatIsWanted() throws Exception {
        try (EmbeddedGitHub github = EmbeddedGitHub.start(state, ANY, ENVIRONMENT)) {
            github.disturb(List.of(FaultRule.times(1, "GET", "/meta", Fault.Answer.trouble(502))));
            HttpRequest meta = HttpRequest.newBuilder(URI.create(github.server().apiUrl() + "/meta"))
                    .build();

            assertThat(HttpClient.newHttpClient()
                            .send(meta, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(502);
            assertThat(HttpClient.newHttpClient()
                            .send(meta, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void offeringTheSameAgainChangesNothing() throws Exception {
        String first;
        try (EmbeddedGitHub github = EmbeddedGitHub.start(state, ANY, ENVIRONMENT)) {
            github.offer(Optional.empty());
            first = head(github);
        }
        try (EmbeddedGitHub github = EmbeddedGitHub.start(state, ANY, ENVIRONMENT)) {
            github.offer(Optional.empty());
            assertThat(head(github)).isEqualTo(first);

            EmbeddedSecrets.of(state, Optional.empty(), Clock.systemUTC()).set("OPENAI_API_KEY", "sk-1");
            github.offer(Optional.of(URI.create("http://127.0.0.1:11434/v1")));
            assertThat(head(github)).isNotEqualTo(first);
            try (BranchSnapshot main = main(github)) {
                assertThat(text(main, ".ferry/vendors.yaml"))
                        .contains("key_env: OPENAI_API_KEY")
                        .doesNotContain("sk-1");
            }
        }
    }

    @Test
    void theTokenIsInItsFile() throws Exception {
        try (EmbeddedGitHub github = EmbeddedGitHub.start(state, ANY, ENVIRONMENT)) {
            assertThat(Files.readString(github.tokenFile()).strip())
                    .isEqualTo(github.token().secret());
        }
    }

    @Test
    void aSecondOneOnTheSameStateSaysHowToGoOn() throws Exception {
        try (EmbeddedGitHub first = EmbeddedGitHub.start(state, ANY, ENVIRONMENT)) {
            assertThat(first.server()).isNotNull();
            assertThatThrownBy(() -> EmbeddedGitHub.start(state, ANY, ENVIRONMENT))
                    .isInstanceOf(EmbeddedUnavailableException.class)
                    .hasMessage("the embedded GitHub in " + state + " is used by another ferry (process "
                            + ProcessHandle.current().pid() + "); wait until that is over, or, if it is ferry"
                            + " local-github serve, name the target it printed");
        }
    }

    @Test
    void servedAgainItHasThePortThatTargetsName() throws Exception {
        URI first = served();
        assertThat(served()).isEqualTo(first);
        try (ServerSocket other = new ServerSocket(first.getPort(), 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(served().getPort()).isNotEqualTo(other.getLocalPort());
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedGitHub.start(state, OptionalInt.of(other.getLocalPort()), ENVIRONMENT))
                    .isInstanceOf(EmbeddedUnavailableException.class)
                    .hasMessageContaining("port " + other.getLocalPort());
        }
    }

    @Test
    void withoutTheProgramsOfTheWorkflowItDoesNotStart() {
        assertThatThrownBy(() -> EmbeddedGitHub.start(state, ANY, Map.of("PATH", directory.toString())))
                .isInstanceOf(EmbeddedUnavailableException.class)
                .hasMessage(
                        "the embedded GitHub finds no bash and no curl and no sha256sum on the PATH; install them, or send the batch"
                                + " to a target on GitHub");
        assertThat(state).doesNotExist();
    }

    @Test
    void onDemandItsExchangesAreRecorded() throws Exception {
        Path folder = directory.resolve("exchanges");
        Map<String, String> environment = Map.of("PATH", System.getenv("PATH"), EmbeddedGitHub.EXCHANGES, "" + folder);

        try (EmbeddedGitHub github = EmbeddedGitHub.start(state, ANY, environment)) {
            github.server().apiUrl().resolve("/meta").toURL().openStream().close();
        }

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.toList())
                    .singleElement()
                    .satisfies(file -> assertThat(Files.readString(file)).contains("\"target\":\"/meta\""));
        }
    }

    @Test
    void aFolderForExchangesThatCannotBeIsNamed() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        Map<String, String> environment = Map.of("PATH", System.getenv("PATH"), EmbeddedGitHub.EXCHANGES, "" + file);

        assertThatThrownBy(() -> EmbeddedGitHub.start(state, ANY, environment))
                .isInstanceOf(EmbeddedUnavailableException.class)
                .hasMessage("cannot start the embedded GitHub: cannot record exchanges in `" + file
                        + "`; name a folder to write to");
    }

    private URI served() throws Exception {
        try (EmbeddedGitHub github = EmbeddedGitHub.start(state, OptionalInt.empty(), ENVIRONMENT)) {
            return github.server().apiUrl();
        }
    }

    private String head(EmbeddedGitHub github) throws Exception {
        return remote(github).head(new BranchName("main")).orElseThrow();
    }

    private BranchSnapshot main(EmbeddedGitHub github) throws Exception {
        return remote(github).fetch(new BranchName("main")).orElseThrow();
    }

    private JGitRemote remote(EmbeddedGitHub github) {
        return new JGitRemote(
                github.server().gitUrl(EmbeddedGitHub.REPOSITORY),
                Optional.of(github.token().secret()),
                directory.resolve("scratch"),
                Duration.ofSeconds(30));
    }

    private static String text(BranchSnapshot snapshot, String path) throws IOException {
        return new String(snapshot.open(path).readAllBytes(), StandardCharsets.UTF_8);
    }
}
