package io.github.batchferry.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.provider.batch.Submission;
import io.github.batchferry.provider.targets.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said in more than one place: options before environment variables before the targets file. */
class SettingsPrecedenceTest {
    private static final String TARGETS = """
            targets:
              - name: %s
                provider: github-actions
                repo: myorg/%s
            """;

    @TempDir
    Path directory;

    private CommandLineHarness ferry;

    @BeforeEach
    void prepare() throws Exception {
        ferry = new CommandLineHarness(directory)
                .withFile("prompts.jsonl", "{}\n")
                .withFile(
                        "targets.yaml",
                        TARGETS.formatted("cloud", "project")
                                + "    vendor: from-file\n    timeout: 3h\n    max_cost_usd: 3\n"
                                + "  - {name: other, provider: github-actions, repo: myorg/other}\n")
                .withFile("mine.yaml", TARGETS.formatted("cloud", "mine"))
                .withFile("yours.yaml", TARGETS.formatted("cloud", "yours"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            vendor  | -                             | -                 | from-file
            vendor  | FERRY_VENDOR=from-env         | -                 | from-env
            vendor  | FERRY_VENDOR=from-env         | --vendor=by-flag  | by-flag
            vendor  | FERRY_VENDOR=                 | -                 | from-file
            timeout | -                             | -                 | PT3H
            timeout | FERRY_TIMEOUT=2h              | -                 | PT2H
            timeout | FERRY_TIMEOUT=2h              | --timeout=1h      | PT1H
            budget  | -                             | -                 | 3
            budget  | FERRY_MAX_COST=2              | -                 | 2
            budget  | FERRY_MAX_COST=2              | --max-cost=1      | 1
            repo    | FERRY_TARGETS=mine.yaml       | -                 | myorg/mine
            repo    | FERRY_TARGETS=mine.yaml       | --targets=yours.yaml | myorg/yours
            repo    | FERRY_TARGETS=                | -                 | myorg/project
            """)
    void theNearerWordCounts(String setting, String variable, String option, String expected) {
        set(variable);

        run("--target=cloud", option);

        assertThat(value(setting)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                  | -               | local
            FERRY_TARGET=other | -               | other
            FERRY_TARGET=other | --target=cloud  | cloud
            FERRY_TARGET=other | -t=local        | local
            """)
    void theTargetIsNamedTheSameWay(String variable, String option, String expected) {
        set(variable);

        run(option, null);

        assertThat(ferry.batches.target.name()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -             | -            | false | false
            economy: true | -            | true  | false
            economy: true | --no-economy | false | false
            -             | --economy    | true  | false
            cache: true   | -            | false | true
            cache: true   | --no-cache   | false | false
            -             | --cache      | false | true
            """)
    void whatTheTargetSavesCanBeSaidOtherwise(String line, String option, boolean economy, boolean cache)
            throws Exception {
        ferry.withFile("targets.yaml", TARGETS.formatted("cloud", "x") + (line == null ? "" : "    " + line + "\n"));

        run("--target=cloud", option);

        Submission how = ferry.batches.submission;
        assertThat(how.options().economy()).isEqualTo(economy);
        assertThat(how.cache()).isEqualTo(cache);
    }

    @Test
    void aVariableThatCannotBeUsedIsNamed() {
        ferry.withEnvironment("FERRY_TIMEOUT", "soon");

        assertThat(ferry.run("run", "prompts.jsonl").expectExit(2).err())
                .startsWith("error: FERRY_TIMEOUT: expected a duration such as 500ms, 10s, 5m or 6h, found `soon`\n");
        assertThat(ferry.run("run", "prompts.jsonl", "--timeout", "late")
                        .expectExit(2)
                        .err())
                .startsWith("error: --timeout: expected a duration such as 500ms, 10s, 5m or 6h, found `late`\n");
        ferry.withEnvironment("FERRY_TIMEOUT", "").withEnvironment("FERRY_MAX_COST", "much");
        assertThat(ferry.run("run", "prompts.jsonl").expectExit(2).err())
                .startsWith(
                        "error: FERRY_MAX_COST: expected an amount in US dollars above 0, such as 2.50, found `much`");
        assertThat(ferry.batches.calls).isEmpty();
    }

    private void set(String variable) {
        if (variable != null) {
            String[] parts = variable.split("=", 2);
            ferry.withEnvironment(parts[0], parts[1]);
        }
    }

    private void run(String first, String second) {
        List<String> arguments = new ArrayList<>(List.of("run", "prompts.jsonl"));
        if (first != null) {
            arguments.add(first);
        }
        if (second != null) {
            arguments.add(second);
        }
        ferry.run(arguments.toArray(String[]::new)).expectExit(0);
    }

    private String value(String setting) {
        Target.GitHubActions target = (Target.GitHubActions) ferry.batches.target;
        return switch (setting) {
            case "vendor" -> target.vendor().orElseThrow();
            case "timeout" -> target.timeout().toString();
            case "budget" -> target.maxCostUsd().orElseThrow().toPlainString();
            default -> target.repository().toString();
        };
    }
}
