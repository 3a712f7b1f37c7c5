package io.github.batchferry.provider.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.github.RepositorySlug;
import io.github.batchferry.provider.targets.Target;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenLookupTest {
    private static final String GITHUB = "https://api.github.com";
    private static final String TENANT = "https://api.acme.ghe.com";
    private static final String ENTERPRISE = "https://github.example.com/api/v3";
    private static final String LOOPBACK = "http://127.0.0.1:4862";

    private final List<String> askedHosts = new ArrayList<>();
    private Optional<String> login = Optional.empty();
    private Optional<String> secondLogin = Optional.empty();

    private final class Login implements HostTokens {
        private final String origin;
        private final Optional<String> answer;

        Login(String origin, Optional<String> answer) {
            this.origin = origin;
            this.answer = answer;
        }

        @Override
        public Optional<String> token(String host) {
            askedHosts.add(host);
            return answer;
        }

        @Override
        public String origin() {
            return origin;
        }
    }

    @Test
    void theVariableTheTargetNamesComesFirst() throws Exception {
        Map<String, String> environment = Map.of("RUNNER_TOKEN", "mine", "GH_TOKEN", "usual");
        assertThat(find(environment, target(GITHUB, Optional.of("RUNNER_TOKEN"))))
                .isEqualTo("mine");
    }

    @Test
    void aNamedVariableThatIsNotSetIsAnErrorAndNothingElseIsTried() {
        ConnectionFailedException failure =
                failure(Map.of("GH_TOKEN", "usual"), target(GITHUB, Optional.of("RUNNER_TOKEN")));
        assertThat(failure.authentication()).isTrue();
        assertThat(failure)
                .hasMessage("environment variable `RUNNER_TOKEN`, the token_env of target `cloud`, is not set;"
                        + " put a token for github.com in it");
    }

    @Test
    void ghTokenComesBeforeGitHubTokenOnGitHubAndItsTenants() throws Exception {
        Map<String, String> both = Map.of("GH_TOKEN", "gh", "GITHUB_TOKEN", "actions");
        assertThat(find(both, target(GITHUB))).isEqualTo("gh");
        assertThat(find(both, target(TENANT))).isEqualTo("gh");
        assertThat(find(Map.of("GH_TOKEN", "", "GITHUB_TOKEN", "actions"), target(GITHUB)))
                .isEqualTo("actions");
    }

    @Test
    void aTokenForGitHubIsNeverTakenForAnotherHost() {
        Map<String, String> both = Map.of("GH_TOKEN", "gh", "GITHUB_TOKEN", "actions");
        assertThat(failure(both, target(ENTERPRISE)).authentication()).isTrue();
        assertThat(failure(both, target(LOOPBACK)).authentication()).isTrue();
        assertThat(failure(both, target("https://github.com.evil.example")).authentication())
                .isTrue();
    }

    @Test
    void anEnterpriseTokenIsNeverTakenForGitHub() {
        assertThat(failure(Map.of("GH_ENTERPRISE_TOKEN", "x", "GITHUB_ENTERPRISE_TOKEN", "y"), target(GITHUB)))
                .hasMessage("no token for github.com; set GH_TOKEN or GITHUB_TOKEN, or log in with: gh auth login");
    }

    @Test
    void otherHostsHaveVariablesOfTheirOwn() throws Exception {
        Map<String, String> environment = Map.of("GH_ENTERPRISE_TOKEN", "ghes", "GITHUB_ENTERPRISE_TOKEN", "other");
        assertThat(find(environment, target(ENTERPRISE))).isEqualTo("ghes");
        assertThat(find(environment, target(LOOPBACK))).isEqualTo("ghes");
        assertThat(find(Map.of("GITHUB_ENTERPRISE_TOKEN", "other"), target(ENTERPRISE)))
                .isEqualTo("other");
    }

    @Test
    void theLoginOfGhIsAskedLastAndForTheHostOfTheWebPages() throws Exception {
        login = Optional.of("gho_keyring");
        assertThat(find(Map.of(), target(GITHUB))).isEqualTo("gho_keyring");
        assertThat(find(Map.of(), target(TENANT))).isEqualTo("gho_keyring");
        assertThat(find(Map.of(), target(ENTERPRISE))).isEqualTo("gho_keyring");
        assertThat(find(Map.of("GH_TOKEN", "gh"), target(GITHUB))).isEqualTo("gh");
        assertThat(askedHosts).containsExactly("github.com", "acme.ghe.com", "github.example.com");
    }

    @Test
    void withoutATokenTheMessageSaysWhatToSet() {
        assertThat(failure(Map.of(), target(ENTERPRISE)))
                .hasMessage("no token for github.example.com; set GH_ENTERPRISE_TOKEN or GITHUB_ENTERPRISE_TOKEN,"
                        + " or log in with: gh auth login --hostname github.example.com");
        assertThat(failure(Map.of(), target(LOOPBACK)))
                .hasMessage("no token for 127.0.0.1; name a variable that holds it with token_env in target `cloud`,"
                        + " or set GH_ENTERPRISE_TOKEN");
    }

    @Test
    void whatCannotBeATokenIsNotShown() {
        assertThat(failure(Map.of("GH_TOKEN", "se cret"), target(GITHUB)))
                .hasMessage(
                        "the token from environment variable GH_TOKEN cannot be one: it holds spaces or other odd characters");
    }

    @Test
    void aTokenForTheHostOfThePagesDoesNotGoToAnApiElsewhere() throws Exception {
        GitHubServer elsewhere =
                new GitHubServer(URI.create("https://api.evil.example"), URI.create("https://github.com"));
        Map<String, String> environment = Map.of("GH_TOKEN", "gh", "RUNNER_TOKEN", "mine");
        login = Optional.of("gho_login");

        assertThat(failure(environment, target(elsewhere, Optional.empty())))
                .hasMessage(
                        "the API at https://api.evil.example is not that of github.com; name a variable that holds a"
                                + " token for it with token_env in target `cloud`");
        assertThat(askedHosts).isEmpty();
        assertThat(find(environment, target(elsewhere, Optional.of("RUNNER_TOKEN"))))
                .isEqualTo("mine");
    }

    private String find(Map<String, String> environment, Target.GitHubActions target) throws ConnectionFailedException {
        return lookup(environment).find(target).token().secret();
    }

    private ConnectionFailedException failure(Map<String, String> environment, Target.GitHubActions target) {
        return catchThrowableOfType(
                ConnectionFailedException.class, () -> lookup(environment).find(target));
    }

    private TokenLookup lookup(Map<String, String> environment) {
        return new TokenLookup(environment, List.of(new Login("first", login), new Login("second", secondLogin)));
    }

    private static Target.GitHubActions target(String api) {
        return target(api, Optional.empty());
    }

    private static Target.GitHubActions target(String api, Optional<String> tokenEnv) {
        return target(GitHubServer.ofApi(URI.create(api)), tokenEnv);
    }

    private static Target.GitHubActions target(GitHubServer server, Optional<String> tokenEnv) {
        return new Target.GitHubActions(
                "cloud",
                server,
                new RepositorySlug("myorg", "eval-runner"),
                "run-evals.yml",
                Optional.empty(),
                "eval-results",
                Optional.empty(),
                Duration.ofHours(6),
                tokenEnv,
                Optional.empty());
    }

    @Test
    void aTokenKnowsWhereItWasFound() throws Exception {
        assertThat(lookup(Map.of("GITHUB_TOKEN", "x")).find(target(GITHUB)))
                .extracting(FoundToken::origin, found -> found.token().secret())
                .containsExactly("environment variable GITHUB_TOKEN", "x");
        secondLogin = Optional.of("gho_file");
        assertThat(lookup(Map.of()).find(target(GITHUB)))
                .extracting(FoundToken::origin, found -> found.token().secret())
                .containsExactly("second", "gho_file");
        assertThat(askedHosts).containsExactly("github.com", "github.com");
    }

    @Test
    void theTokenOfACodespaceIsThatOfItsOwnServer() throws Exception {
        assertThat(find(Map.of("CODESPACES", "true", "GITHUB_TOKEN", "space"), target(ENTERPRISE)))
                .isEqualTo("space");
        assertThat(find(
                        Map.of("CODESPACES", "true", "GITHUB_TOKEN", "space", "GH_ENTERPRISE_TOKEN", "mine"),
                        target(ENTERPRISE)))
                .isEqualTo("mine");
        assertThat(failure(Map.of("CODESPACES", "true", "GH_TOKEN", "space"), target(ENTERPRISE))
                        .authentication())
                .isTrue();
        assertThat(failure(Map.of("CODESPACES", "false", "GITHUB_TOKEN", "space"), target(ENTERPRISE)))
                .hasMessageStartingWith("no token for github.example.com");
    }

    @Test
    void hostsHaveTheNamesThatGhGivesThem() throws Exception {
        login = Optional.of("gho_keyring");
        assertThat(find(Map.of(), target("https://api.ACME.ghe.com"))).isEqualTo("gho_keyring");
        assertThat(find(Map.of(), target("http://api.github.localhost"))).isEqualTo("gho_keyring");
        assertThat(find(Map.of(), target(LOOPBACK))).isEqualTo("gho_keyring");
        assertThat(askedHosts).containsExactly("acme.ghe.com", "github.localhost", "127.0.0.1:4862");
        assertThat(find(Map.of("GH_TOKEN", "gh"), target("http://api.github.localhost")))
                .isEqualTo("gh");
    }
}
