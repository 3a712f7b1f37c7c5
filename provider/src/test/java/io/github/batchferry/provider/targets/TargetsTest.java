package io.github.batchferry.provider.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetsTest {
    private static final String ENTRY = "  - name: %s\n    provider: github-actions\n    repo: a/b\n";

    @TempDir
    Path directory;

    @Test
    void findsTheFileBesideThePromptsBeforeTheOneInTheStateFolder() throws Exception {
        Files.createDirectories(directory.resolve(".ferry"));
        write(".ferry/targets.yaml", "inner");
        assertThat(Targets.load(directory, Optional.empty()).find("inner").name())
                .isEqualTo("inner");
        write("targets.yaml", "outer");
        assertThat(Targets.load(directory, Optional.empty()).find("outer").name())
                .isEqualTo("outer");
        assertThat(Targets.load(directory, Optional.of(".ferry/targets.yaml"))
                        .find("inner")
                        .name())
                .isEqualTo("inner");
    }

    @Test
    void theEmbeddedTargetAlwaysExists() throws Exception {
        assertThat(Targets.load(directory, Optional.empty()).find("local")).isEqualTo(Target.Embedded.standard());
        write("targets.yaml", "cloud");
        assertThat(Targets.load(directory, Optional.empty()).find("local")).isEqualTo(Target.Embedded.standard());
    }

    @Test
    void theFileMayDefineTheEmbeddedTargetAnew() throws Exception {
        Files.writeString(
                directory.resolve("targets.yaml"),
                "targets:\n  - name: local\n    provider: local-github\n    vendor: echo\n");
        assertThat(Targets.load(directory, Optional.empty()).find("local").vendor())
                .contains("echo");
    }

    @Test
    void anUnknownTargetIsAnsweredWithThoseThatAreDefined() throws Exception {
        write("targets.yaml", "a", "b");
        Targets targets = Targets.load(directory, Optional.empty());
        assertThatThrownBy(() -> targets.find("cloud"))
                .isInstanceOf(UnknownTargetException.class)
                .hasMessage("unknown target `cloud`; targets.yaml defines: a, b, local");
    }

    @Test
    void withoutAFileOnlyTheEmbeddedTargetIsDefined() throws Exception {
        Targets targets = Targets.load(directory, Optional.empty());
        assertThatThrownBy(() -> targets.find("cloud"))
                .hasMessage("unknown target `cloud`; there is no targets.yaml here, so only `local` is defined");
    }

    @Test
    void aTargetOfAnotherToolIsNotOurs() throws Exception {
        Files.writeString(directory.resolve("targets.yaml"), "targets:\n  - name: base\n    provider: azure\n");
        Targets targets = Targets.load(directory, Optional.empty());
        assertThatThrownBy(() -> targets.find("base"))
                .hasMessage("target `base` of targets.yaml has provider `azure`; expected github-actions or"
                        + " local-github");
    }

    @Test
    void aFileThatCannotBeReadIsInvalidInput() throws Exception {
        assertThatThrownBy(() -> Targets.load(directory, Optional.of("mine.yaml")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("mine.yaml: no such file");
        assertThatThrownBy(() -> Targets.load(directory, Optional.of(".")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(".: is a directory");
        Files.write(directory.resolve("targets.yaml"), "targets: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Targets.load(directory, Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("targets.yaml: not a text in UTF-8");
    }

    private void write(String file, String... names) throws Exception {
        StringBuilder yaml = new StringBuilder("targets:\n");
        for (String name : names) {
            yaml.append(ENTRY.formatted(name));
        }
        Files.writeString(directory.resolve(file), yaml);
    }

    @Test
    void theUsersOwnTargetsStandBehindThoseOfTheProject() throws Exception {
        Path home = Files.createDirectories(directory.resolve("home/.config/ferry"));
        Files.writeString(
                home.resolve("targets.yaml"),
                "targets:\n" + ENTRY.formatted("cloud") + "    workflow: users.yml\n" + ENTRY.formatted("mine"));
        Map<String, String> environment =
                Map.of("HOME", directory.resolve("home").toString());
        write("targets.yaml", "cloud");

        Targets targets = Targets.load(directory, Optional.empty(), environment);

        assertThat(targets.find("mine").name()).isEqualTo("mine");
        assertThat(((Target.GitHubActions) targets.find("cloud")).workflow()).isEqualTo("run-evals.yml");
        assertThatThrownBy(() -> targets.find("clout"))
                .hasMessage("unknown target `clout`; targets.yaml and " + home.resolve("targets.yaml")
                        + " define: cloud, mine, local");
    }

    @Test
    void theUsersFileIsFoundWhereItsVariablesSay() throws Exception {
        Files.createDirectories(directory.resolve("xdg/ferry"));
        Files.createDirectories(directory.resolve("roaming/ferry"));
        write("named.yaml", "named");
        write("xdg/ferry/targets.yaml", "xdg");
        write("roaming/ferry/targets.yaml", "roaming");
        Map<String, String> windows =
                Map.of("AppData", directory.resolve("roaming").toString());
        Map<String, String> xdg = Map.of(
                "XDG_CONFIG_HOME",
                directory.resolve("xdg").toString(),
                "HOME",
                directory.resolve("nowhere").toString());
        Map<String, String> named = new HashMap<>(xdg);
        named.put("FERRY_CONFIG", "named.yaml");

        assertThat(Targets.load(directory, Optional.empty(), windows)
                        .find("roaming")
                        .name())
                .isEqualTo("roaming");
        assertThat(Targets.load(directory, Optional.empty(), xdg).find("xdg").name())
                .isEqualTo("xdg");
        assertThat(Targets.load(directory, Optional.empty(), named)
                        .find("named")
                        .name())
                .isEqualTo("named");
        assertThatThrownBy(() ->
                        Targets.load(directory, Optional.empty(), Map.of("FERRY_CONFIG", directory + "/none.yaml")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith("none.yaml: no such file");
    }

    @Test
    void valuesMayStandForEnvironmentVariablesOfTheTargetThatIsUsed() throws Exception {
        Files.writeString(directory.resolve("targets.yaml"), """
                targets:
                  - name: cloud
                    provider: github-actions
                    repo: ${{ EVAL_RUNNER }}
                    timeout: ${{TIME}}
                    shards: ${{ SHARDS }}
                    cache: ${{ CACHE }}
                  - name: other
                    provider: github-actions
                    repo: ${{ NOT_SET }}
                """);
        Map<String, String> environment = Map.of("EVAL_RUNNER", "a/b", "TIME", "5m", "SHARDS", "4", "CACHE", "true");
        Targets targets = Targets.load(directory, Optional.empty(), environment);

        Target.GitHubActions cloud = (Target.GitHubActions) targets.find("cloud");

        assertThat(cloud.repository()).hasToString("a/b");
        assertThat(cloud.timeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(cloud.spread().shardsFor(1000)).isEqualTo(4);
        assertThat(cloud.savings().cache()).isTrue();
        assertThatThrownBy(() -> targets.find("other"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("targets.yaml:10 $.targets[1].repo: environment variable `NOT_SET` is not set");
    }

    @Test
    void whatAVariableHoldsIsNeverShown() throws Exception {
        Files.writeString(directory.resolve("targets.yaml"), """
                targets:
                  - name: cloud
                    provider: github-actions
                    repo: ${{ SECRET }}
                    workflow: ${{ SECRET }}
                    ref: ${{ SECRET }}
                    api_url: ${{ SECRET }}
                    timeout: ${{ SECRET }}
                    shards: ${{ SECRET }}
                    continue: ${{ SECRET }}
                    max_cost_usd: ${{ SECRET }}
                    cache: ${{ SECRET }}
                    vendor: ${{ SECRET }}
                    poll_interval: ${{ EMPTY }}
                """);
        String secret = "s3cret: expected `..` @ value";
        Targets targets = Targets.load(directory, Optional.empty(), Map.of("SECRET", secret, "EMPTY", ""));

        assertThatThrownBy(() -> targets.find("cloud"))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems())
                                .hasSize(11)
                                .extracting(Problem::message)
                                .contains(
                                        "expected OWNER/NAME, found the value of environment variable `SECRET`",
                                        "expected a whole number from 1 to 256, found the value of environment variable"
                                                + " `SECRET`",
                                        "environment variable `EMPTY` is not set")
                                .noneMatch(message -> message.contains("s3cret")));
    }
}
