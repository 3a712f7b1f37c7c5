package io.github.batchferry.provider.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefaultServerTest {
    private static final GitHubServer OWN = GitHubServer.ofApi(URI.create("https://github.example.com/api/v3"));
    private static final Map<String, String> JOB = Map.of(
            "GITHUB_ACTIONS",
            "true",
            "GITHUB_API_URL",
            "https://github.example.com/api/v3",
            "GITHUB_SERVER_URL",
            "https://github.example.com");

    @Test
    void itIsGitHubComUnlessSaidOtherwise() throws Exception {
        assertThat(DefaultServer.of(Map.of())).isEqualTo(GitHubServer.GITHUB_COM);
        assertThat(DefaultServer.of(Map.of("GH_HOST", ""))).isEqualTo(GitHubServer.GITHUB_COM);
        assertThat(DefaultServer.of(Map.of("GITHUB_API_URL", "https://github.example.com/api/v3")))
                .as("outside of a job")
                .isEqualTo(GitHubServer.GITHUB_COM);
    }

    @Test
    void inAJobItIsTheOneThatRunsTheJob() throws Exception {
        assertThat(DefaultServer.of(JOB)).isEqualTo(OWN);
    }

    @Test
    void theHostOfGhComesFirst() throws Exception {
        assertThat(DefaultServer.of(Map.of("GH_HOST", "GitHub.example.com"))).isEqualTo(OWN);
        assertThat(DefaultServer.of(Map.of("GH_HOST", "acme.ghe.com", "GITHUB_ACTIONS", "true")))
                .isEqualTo(GitHubServer.ofApi(URI.create("https://api.acme.ghe.com")));
    }

    @Test
    void aTargetThatNamesItsServerKeepsIt() throws Exception {
        TargetsFile file = TargetsFile.parse("targets.yaml", """
                targets:
                  - {name: a, provider: github-actions, repo: o/r}
                  - {name: b, provider: github-actions, repo: o/r, api_url: "https://api.github.com"}
                """);

        assertThat(server(file, "a")).isEqualTo(OWN);
        assertThat(server(file, "b")).isEqualTo(GitHubServer.GITHUB_COM);
    }

    private static GitHubServer server(TargetsFile file, String name) throws InvalidInputException {
        return ((Target.GitHubActions) file.target(name, JOB).orElseThrow()).server();
    }

    @Test
    void whatIsNoHostOrWouldShowTheTokenIsRefused() {
        assertThatThrownBy(() -> DefaultServer.of(Map.of("GH_HOST", "https://github.com")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("environment variable GH_HOST: expected a host such as github.com or github.example.com,"
                        + " found `https://github.com`");
        assertThatThrownBy(() -> DefaultServer.of(
                        Map.of("GITHUB_ACTIONS", "true", "GITHUB_API_URL", "http://github.example.com")))
                .hasMessageContaining("the token would travel in the clear");
        assertThatThrownBy(() -> DefaultServer.of(Map.of("GITHUB_ACTIONS", "true", "GITHUB_SERVER_URL", "ftp://x")))
                .hasMessageStartingWith("environment variable GITHUB_SERVER_URL: expected an http or https address");
    }
}
