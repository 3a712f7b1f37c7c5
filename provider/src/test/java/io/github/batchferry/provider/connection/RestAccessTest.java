package io.github.batchferry.provider.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.github.RepositorySlug;
import io.github.batchferry.github.TokenKind;
import io.github.batchferry.provider.targets.Target;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestAccessTest {
    private static Target.GitHubActions target(Optional<String> tokenEnv) {
        return new Target.GitHubActions(
                "t",
                GitHubServer.GITHUB_COM,
                RepositorySlug.parse("myorg/eval-runner"),
                "run-evals.yml",
                Optional.empty(),
                "eval-results",
                Optional.empty(),
                Duration.ofMinutes(10),
                tokenEnv,
                Optional.empty());
    }

    private static RestAccess access(Optional<String> tokenEnv, Map<String, String> environment) throws Exception {
        return RestAccess.of(target(tokenEnv), environment, Clock.systemUTC(), Optional.empty());
    }

    @Test
    void saysWhereTheTokenWasFoundAndOfWhichKindItIs() throws Exception {
        RestAccess usual = access(Optional.empty(), Map.of("GITHUB_TOKEN", "ghp_1", "SHELL", "ghp_1"));
        RestAccess named = access(Optional.of("MINE"), Map.of("MINE", "github_pat_1", "GH_TOKEN", "github_pat_1"));

        assertThat(usual.origin()).isEqualTo("environment variable GITHUB_TOKEN");
        assertThat(usual.kind()).isEqualTo(TokenKind.CLASSIC);
        assertThat(named.origin()).isEqualTo("environment variable MINE");
        assertThat(named.kind()).isEqualTo(TokenKind.FINE_GRAINED);
        assertThat(access(Optional.of("MINE"), Map.of("MINE", "abc")).kind()).isEqualTo(TokenKind.UNKNOWN);
        assertThat(named.rest().repository()).hasToString("myorg/eval-runner");
        assertThat(named.toString()).doesNotContain("github_pat_1");
    }

    @Test
    void withoutATokenThereIsNoAccess() {
        assertThatThrownBy(() -> access(Optional.of("MINE"), Map.of()))
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessageContaining("`MINE`");
    }
}
