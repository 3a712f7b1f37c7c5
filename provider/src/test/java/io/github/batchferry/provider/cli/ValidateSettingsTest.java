package io.github.batchferry.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ferry validate} with files of settings. */
class ValidateSettingsTest {
    @TempDir
    Path directory;

    private CommandLineHarness ferry;

    @BeforeEach
    void prepare() {
        ferry = new CommandLineHarness(directory);
    }

    @Test
    void aGoodTargetsFileIsSummedUpWithoutLookingUpVariables() throws Exception {
        ferry.withFile("targets.yaml", """
                targets:
                  - {name: a, provider: github-actions, repo: "${{ RUNNER }}"}
                  - {name: b, provider: local-github}
                  - {name: c, provider: azure}
                """);

        assertThat(ferry.run("validate", "targets.yaml").expectExit(0).out())
                .isEqualTo("targets.yaml: 2 targets, 1 entry of other tools, no problems\n");
        assertThat(ferry.batches.calls).isEmpty();
    }

    @Test
    void everyMistakeOfATargetsFileIsShown() throws Exception {
        ferry.withFile("mine.yml", """
                targets:
                  - {name: a, provider: github-actions, repo: x}
                  - {name: b, provider: local-github, shards: 0}
                """);

        assertThat(ferry.run("validate", "mine.yml").expectExit(2).err()).isEqualTo("""
                mine.yml:2 $.targets[0].repo: invalid repository `x`: expected OWNER/NAME
                mine.yml:3 $.targets[1].shards: expected a whole number from 1 to 256, found `0`
                nothing was dispatched: 2 problems in mine.yml
                """);
    }

    @Test
    void aVendorsFileIsCheckedAsTheRunnerWould() throws Exception {
        ferry.withFile("vendors.yaml", "vendors: [{name: echo, kind: echo, models: [\"*\"]}]\n");
        assertThat(ferry.run("validate", "vendors.yaml").expectExit(0).out())
                .isEqualTo("vendors.yaml: 1 vendor, no problems\n");

        ferry.withFile("vendors.yaml", "vendors: [{name: az, kind: opnai, models: [\"*\"]}]\n");
        assertThat(ferry.run("validate", "vendors.yaml").expectExit(2).err()).contains("did you mean `openai`?");
    }

    @Test
    void otherSettingsAreNotOurs() throws Exception {
        ferry.withFile("some.yaml", "jobs: {}\non: push\n");

        assertThat(ferry.run("validate", "some.yaml").expectExit(2).err())
                .isEqualTo("error: some.yaml: expected `targets:` or `vendors:` at the top, found: jobs, on\n");
        assertThat(ferry.run("validate", "none.yaml").expectExit(2).err())
                .isEqualTo("error: none.yaml: no such file\n");
    }
}
