package io.github.batchferry.provider.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.github.RepositorySlug;
import io.github.batchferry.provider.targets.Waiting.OnTimeout;
import io.github.batchferry.wire.BatchOptions.Continuation;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problem;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsFileTest {
    @Test
    void readsARunnerRepositoryWithItsDefaults() throws Exception {
        TargetsFile file = TargetsFile.parse("targets.yaml", """
                targets:
                  - name: cloud
                    provider: github-actions
                    repo: myorg/eval-runner
                """);
        assertThat(file.targets())
                .containsExactly(new Target.GitHubActions(
                        "cloud",
                        GitHubServer.GITHUB_COM,
                        new RepositorySlug("myorg", "eval-runner"),
                        "run-evals.yml",
                        Optional.empty(),
                        "eval-results",
                        Optional.empty(),
                        Duration.ofHours(6),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void readsEveryKeyOfARunnerRepository() throws Exception {
        TargetsFile file = TargetsFile.parse("targets.yaml", """
                targets:
                  - name: cloud
                    provider: github-actions
                    repo: myorg/eval-runner
                    workflow: evals.yaml
                    results_branch: results/mine
                    results_artifact: false
                    poll_interval: 10s
                    timeout: 10m
                    ref: release-1.x
                    api_url: https://github.example.com/api/v3/
                    token_env: RUNNER_TOKEN
                    vendor: openai
                """);
        assertThat(file.targets())
                .containsExactly(new Target.GitHubActions(
                        "cloud",
                        GitHubServer.ofApi(URI.create("https://github.example.com/api/v3")),
                        new RepositorySlug("myorg", "eval-runner"),
                        "evals.yaml",
                        Optional.of("release-1.x"),
                        "results/mine",
                        Optional.of(Duration.ofSeconds(10)),
                        Duration.ofMinutes(10),
                        Optional.of("RUNNER_TOKEN"),
                        Optional.of("openai")));
    }

    @Test
    void readsHowBatchesAreSpread() throws Exception {
        TargetsFile file = TargetsFile.parse("targets.yaml", """
                targets:
                  - name: cloud
                    provider: github-actions
                    repo: myorg/eval-runner
                    shards: 4
                    continue: runner
                  - name: ollama
                    provider: local-github
                    shard_size: 500
                """);
        assertThat(file.target("cloud"))
                .map(Target::spread)
                .contains(new Spread(OptionalInt.of(4), OptionalInt.empty(), Continuation.RUNNER));
        assertThat(file.target("ollama"))
                .map(Target::spread)
                .contains(new Spread(OptionalInt.empty(), OptionalInt.of(500), Continuation.CLIENT));
    }

    @Test
    void readsWhatBecomesOfARunThatIsWaitedForInVain() throws Exception {
        TargetsFile file = TargetsFile.parse("targets.yaml", """
                targets:
                  - name: cloud
                    provider: github-actions
                    repo: myorg/eval-runner
                    on_timeout: cancel
                    queue_timeout: 30m
                """);
        assertThat(file.target("cloud"))
                .map(Target::waiting)
                .contains(new Waiting(OnTimeout.CANCEL, Optional.of(Duration.ofMinutes(30))));
    }

    @Test
    void refusesWaitingThatCannotBe() {
        assertThat(problemsOf("""
                        targets:
                          - name: cloud
                            provider: github-actions
                            repo: myorg/eval-runner
                            on_timeout: stop
                            queue_timeout: 0s
                        """))
                .extracting(Problem::message)
                .containsExactlyInAnyOrder("expected wait or cancel, found `stop`", "expected more than nothing");
    }

    @Test
    void refusesSpreadsThatCannotBe() {
        assertThat(problemsOf("""
                        targets:
                          - name: cloud
                            provider: github-actions
                            repo: myorg/eval-runner
                            shards: 257
                            shard_size: 10
                            continue: nobody
                        """))
                .extracting(Problem::message)
                .containsExactlyInAnyOrder(
                        "expected either shards or shard_size, found both; remove one of them",
                        "expected a whole number from 1 to 256, found `257`",
                        "expected client or runner, found `nobody`");
    }

    @ParameterizedTest
    @CsvSource({"1,0,10,1", "4,0,10,4", "4,0,3,3", "0,3,10,4", "0,3,9,3", "0,10,3,1", "0,1,1000,256", "0,1,1,1"})
    void makesAsManyShardsAsThereIsWorkFor(int shards, int size, long requests, int expected) {
        Spread spread = new Spread(
                shards > 0 ? OptionalInt.of(shards) : OptionalInt.empty(),
                size > 0 ? OptionalInt.of(size) : OptionalInt.empty(),
                Continuation.CLIENT);

        assertThat(spread.shardsFor(requests)).isEqualTo(expected);
    }

    @Test
    void anEmbeddedTargetWithAServerIsAnsweredByThatServer() throws Exception {
        TargetsFile file = TargetsFile.parse("targets.yaml", """
                targets:
                  - name: ollama
                    provider: local-github
                    openai_base_url: http://127.0.0.1:11434/v1/
                  - name: offline
                    provider: local-github
                """);
        assertThat(file.target("ollama"))
                .contains(new Target.Embedded(
                        "ollama",
                        Optional.of(URI.create("http://127.0.0.1:11434/v1")),
                        "eval-results",
                        Optional.empty(),
                        Duration.ofHours(6),
                        Optional.of("openai")));
        assertThat(file.target("offline").flatMap(Target::vendor)).isEmpty();
    }

    @Test
    void aTargetHasABudget() throws Exception {
        TargetsFile file = TargetsFile.parse("targets.yaml", """
                targets:
                  - name: offline
                    provider: local-github
                    max_cost_usd: 2.50
                """);

        assertThat(file.target("offline").flatMap(Target::maxCostUsd)).contains(new BigDecimal("2.50"));
        assertThat(problemsOf("targets: [{name: a, provider: local-github, max_cost_usd: $3}]"))
                .extracting(Problem::message)
                .containsExactly("expected an amount in US dollars above 0, such as 2.50, found `$3`");
    }

    @Test
    void aTargetSaysWhatItsBatchesSave() throws Exception {
        TargetsFile file = TargetsFile.parse("targets.yaml", """
                targets:
                  - name: cheap
                    provider: github-actions
                    repo: myorg/eval-runner
                    economy: true
                    cache: true
                """);

        assertThat(file.target("cheap")).map(Target::savings).contains(new Savings(true, true));
        assertThat(problemsOf("targets: [{name: a, provider: local-github, economy: true, max_cost_usd: 3}]"))
                .extracting(Problem::message)
                .containsExactly("cannot keep a budget, as vendors tell the cost when all is done; remove economy or"
                        + " max_cost_usd");
    }

    @ParameterizedTest
    @CsvSource({
        "github.com,https://api.github.com,https://github.com",
        "GitHub.com,https://api.github.com,https://github.com",
        "acme.ghe.com,https://api.acme.ghe.com,https://acme.ghe.com",
        "github.example.com,https://github.example.com/api/v3,https://github.example.com",
        "github.example.com:8443,https://github.example.com:8443/api/v3,https://github.example.com:8443",
        "127.0.0.1:8080,http://127.0.0.1:8080,http://127.0.0.1:8080"
    })
    void aHostIsEnough(String host, URI api, URI web) throws Exception {
        TargetsFile file = TargetsFile.parse(
                "targets.yaml", "targets: [{name: a, provider: github-actions, repo: a/b, host: \"" + host + "\"}]");

        assertThat(((Target.GitHubActions) file.targets().get(0)).server()).isEqualTo(new GitHubServer(api, web));
    }

    @Test
    void hostAndAddressExcludeEachOther() {
        assertThat(problemsOf(
                        "targets: [{name: a, provider: github-actions, repo: a/b, host: h, api_url: \"https://h\"}]"))
                .extracting(Problem::message)
                .containsExactly("expected either host or api_url, found both; remove one of them");
    }

    @Test
    void leavesWhatOtherToolsWroteAlone() throws Exception {
        TargetsFile file = TargetsFile.parse("targets.yaml", """
                $schema: agentv-targets-v2
                defaults: {workers: 3}
                targets:
                  - name: 'odd `name`'
                    provider: cli
                    command: run {PROMPT_FILE}
                  - provider: mock
                    name: {not: a text}
                  - name: grader
                    use_target: azure-base
                  - name: ours
                    provider: local-github
                """);

        assertThat(file.names()).containsExactly("ours");
        assertThat(file.foreign()).isEqualTo(Map.of("odd `name`", "cli", "grader", "use_target"));
        assertThat(problemsOf("target: []"))
                .extracting(Problem::message)
                .containsExactly("unknown key; did you mean `targets`?", "missing, expected a list");
    }

    @Test
    void leavesEntriesOfOtherToolsAlone() throws Exception {
        TargetsFile file = TargetsFile.parse("targets.yaml", """
                targets:
                  - name: azure-base
                    provider: azure
                    endpoint: ${{ AZURE_ENDPOINT }}
                    workers: 3
                """);
        assertThat(file.targets()).isEmpty();
        assertThat(file.foreign()).isEqualTo(Map.of("azure-base", "azure"));
    }

    @Test
    void reportsEveryMistakeAtOnceWithItsLine() {
        List<Problem> problems = problemsOf("""
                targets:
                  - name: cloud
                    provider: github-actions
                    repo: eval-runner
                    result_branch: x
                    timeout: 10 minutes
                  - name: cloud
                    provider: local-github
                    poll_interval: 1ms
                  - provider: github-action
                    repo: a/b
                """);
        assertThat(problems)
                .extracting(Problem::toString)
                .containsExactly(
                        "targets.yaml:5 $.targets[0].result_branch: unknown key; did you mean `results_branch`?",
                        "targets.yaml:4 $.targets[0].repo: invalid repository `eval-runner`: expected OWNER/NAME",
                        "targets.yaml:6 $.targets[0].timeout: expected a duration such as 500ms, 10s, 5m or 6h, found"
                                + " `10 minutes`",
                        "targets.yaml:7 $.targets[1].name: target `cloud` is defined twice",
                        "targets.yaml:9 $.targets[1].poll_interval: expected 100ms or more",
                        "targets.yaml:10 $.targets[2].provider: unknown provider `github-action`; did you mean"
                                + " `github-actions`?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    workflow: ../evil.yml          | expected a file of .github/workflows such as run-evals.yml, found `../evil.yml`
                    results_branch: a..b           | invalid branch name `a..b`: expected letters, digits, dots, underscores and hyphens, divided by slashes
                    ref: "--upload-pack=x"         | invalid branch name `--upload-pack=x`: expected letters, digits, dots, underscores and hyphens, divided by slashes
                    timeout: 0s                    | expected more than nothing
                    vendor: Open AI                | expected lower-case letters, digits and hyphens, found `Open AI`
                    api_url: http://github.example | expected an http or https address without user, query or fragment, https unless on this machine, as the token travels there, found `http://github.example`
                    api_url: https://u:p@host      | expected an http or https address without user, query or fragment, https unless on this machine, as the token travels there, found `https://u:p@host`
                    host: https://github.example   | expected a host such as github.com, acme.ghe.com or github.example.com:8443, found `https://github.example`
                    host: a..b                     | expected a host such as github.com, acme.ghe.com or github.example.com:8443, found `a..b`
                    economy: yes                   | expected true or false, found `yes`
                    repo: ${{ runner }}            | expected ${{ NAME }} in capital letters as the whole value, found `${{ runner }}`
                    repo: org/${{ RUNNER }}        | expected ${{ NAME }} in capital letters as the whole value, found `org/${{ RUNNER }}`
                    token_env: ${{ GH_TOKEN }}     | expected a text, found an environment variable, which cannot stand here
                    results_artifact: perhaps      | expected true or false, found `perhaps`
                    keep_requests: perhaps         | expected true or false, found `perhaps`
                    """)
    void refusesAValue(String line, String message) {
        assertThat(problemsOf("targets:\n- name: a\n  provider: github-actions\n"
                        + (line.startsWith("repo:") ? "" : "  repo: a/b\n") + "  " + line + "\n"))
                .extracting(Problem::message)
                .containsExactly(message);
    }

    @Test
    void neverShowsATokenThatWasWrittenInPlaceOfItsName() {
        String jwt = ".eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.c2lnbmF0dXJl-_x";
        for (String token : List.of("ghp_" + "a1".repeat(18), "ghs_12345" + jwt, "github_pat_" + "a_1".repeat(20))) {
            assertThat(problemsOf(
                            "targets:\n- name: a\n  provider: github-actions\n  repo: a/b\n  token_env: " + token))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.toString())
                            .contains("token_env: expected the name of an environment variable")
                            .doesNotContain(token));
        }
    }

    private static String app(String lines) {
        return "targets:\n- name: a\n  provider: github-actions\n  repo: a/b\n  app:\n" + lines.indent(4);
    }

    @Test
    void aTargetMayBeReachedAsAGitHubApp() throws Exception {
        assertThat(TargetsFile.parse("targets.yaml", app("id: 123\nprivate_key_env: APP_KEY"))
                        .targets())
                .extracting(target -> ((Target.GitHubActions) target).app())
                .containsExactly(Optional.of(
                        new AppAccess("123", OptionalLong.empty(), Optional.of("APP_KEY"), Optional.empty())));
        assertThat(TargetsFile.parse(
                                "targets.yaml",
                                app("id: Iv23liAbc\ninstallation_id: 77\nprivate_key_file: keys/app.pem"))
                        .targets())
                .extracting(target -> ((Target.GitHubActions) target).app())
                .containsExactly(Optional.of(new AppAccess(
                        "Iv23liAbc", OptionalLong.of(77), Optional.empty(), Optional.of("keys/app.pem"))));
    }

    @Test
    void theMistakesOfAnAppAreFoundAndNoKeyIsShown() {
        assertThat(problemsOf(app("id: 123")))
                .extracting(Problem::message)
                .containsExactly("expected either private_key_env or private_key_file");
        assertThat(problemsOf(app("id: 123\nprivate_key_env: A\nprivate_key_file: b")))
                .extracting(Problem::message)
                .containsExactly("expected either private_key_env or private_key_file");
        assertThat(problemsOf(app("id: '#'\nprivate_key_env: hunter-2\ninstalation_id: 7\ninstallation_id: x")))
                .extracting(Problem::message)
                .containsExactly(
                        "unknown key; did you mean `installation_id`?",
                        "expected the App's number or client id",
                        "expected the name of an environment variable such as APP_KEY, never the key");
        assertThat(problemsOf(app("id: 1\nprivate_key_env: A\ninstallation_id: x")))
                .extracting(Problem::message)
                .containsExactly("expected a number; leave it out to have it found");
        assertThat(problemsOf(app("id: 1\nprivate_key_file: '-----BEGIN RSA PRIVATE KEY-----'")))
                .extracting(Problem::message)
                .containsExactly("expected the path of a file, never the key");
        assertThat(problemsOf(app("id: 1\nprivate_key_env: A") + "  token_env: B\n"))
                .extracting(Problem::message)
                .containsExactly("expected either app or token_env, found both; remove one of them");
    }

    @Test
    void theNameLocalIsKeptForTheEmbeddedGitHub() {
        assertThat(problemsOf("targets:\n- name: local\n  provider: github-actions\n  repo: a/b\n"))
                .extracting(Problem::message)
                .containsExactly("`local` is the embedded GitHub; give this target another name");
    }

    @Test
    void plainHttpIsFineOnThisMachine() throws Exception {
        TargetsFile file = TargetsFile.parse(
                "targets.yaml",
                "targets:\n- name: a\n  provider: github-actions\n  repo: a/b\n  api_url: http://127.0.0.1:8080\n");
        assertThat(((Target.GitHubActions) file.targets().get(0)).server().webUrl())
                .isEqualTo(URI.create("http://127.0.0.1:8080"));
    }

    private static List<Problem> problemsOf(String yaml) {
        return catchThrowableOfType(InvalidInputException.class, () -> TargetsFile.parse("targets.yaml", yaml))
                .problems();
    }
}
