package io.github.batchferry.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubHostTest {
    @ParameterizedTest
    @CsvSource({
        "GitHub.com, github.com, true, https://api.github.com, https://github.com",
        "www.github.com, github.com, true, https://api.github.com, https://github.com",
        "api.github.localhost, github.localhost, true, http://api.github.localhost, http://github.localhost",
        "Acme.GHE.com, acme.ghe.com, true, https://api.acme.ghe.com, https://acme.ghe.com",
        "github.example.com, github.example.com, false, https://github.example.com/api/v3, https://github.example.com",
        "notgithub.com, notgithub.com, false, https://notgithub.com/api/v3, https://notgithub.com",
        "ghe.com, ghe.com, false, https://ghe.com/api/v3, https://ghe.com",
        "ghes:8443, ghes:8443, false, https://ghes:8443/api/v3, https://ghes:8443"
    })
    void aHostHasOneNameAndOneServer(String written, String name, boolean gitHubCom, URI api, URI web) {
        GitHubHost host = new GitHubHost(written);

        assertThat(host).hasToString(name);
        assertThat(host.isGitHubCom()).isEqualTo(gitHubCom);
        assertThat(host.server()).isEqualTo(new GitHubServer(api, web));
    }

    @Test
    void theHostOfAServerIsThatOfItsPages() {
        assertThat(GitHubHost.of(GitHubServer.GITHUB_COM)).hasToString("github.com");
        assertThat(GitHubHost.of(GitHubServer.ofApi(URI.create("https://GHES.example/api/v3"))))
                .hasToString("ghes.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://github.com", "a b", "me@github.com", "github.com/", "-x", "a:b"})
    void whatIsNoHostIsRefused(String text) {
        assertThatThrownBy(() -> new GitHubHost(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected a host such as github.com");
    }
}
