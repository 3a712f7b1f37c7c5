package io.github.batchferry.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.provider.batch.BatchPlan;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunTest {
    @TempDir
    Path directory;

    private CommandLineHarness ferry;

    @BeforeEach
    void prepare() throws Exception {
        ferry = new CommandLineHarness(directory)
                .withFile("prompts.jsonl", "{}\n")
                .withFile("targets.yaml", "targets: [{name: cloud, provider: github-actions, repo: a/b}]\n");
    }

    @Test
    void runSaysWhatItWouldSend() {
        String out =
                ferry.run("run", "prompts.jsonl", "--dry-run").expectExit(0).out();

        assertThat(out).isEqualTo("""
                target    local
                requests  1,500
                size      123.5 kB
                tokens    about 30,000 in
                delivery  inside the dispatch, 4.3 kB compressed
                jobs      1
                outcome   nothing was sent: this is a dry run
                """);
        assertThat(ferry.batches.calls).containsExactly("plan");
        assertThat(directory.resolve(".ferry")).doesNotExist();
    }

    @Test
    void submitSaysItAsJson() {
        String out = ferry.run("submit", "prompts.jsonl", "-t", "cloud", "--dry-run", "--json", "--cache")
                .expectExit(0)
                .out();

        assertThat(out)
                .isEqualTo("{\"dry_run\":true,\"target\":\"local\",\"requests\":1500,\"cached\":0,\"bytes\":123456,"
                        + "\"estimated_input_tokens\":30000,\"delivery\":{\"route\":\"inline\",\"bytes\":4321,"
                        + "\"files\":0},\"jobs\":1,\"under_way\":null}\n");
        assertThat(ferry.batches.submission.cache()).isTrue();
        assertThat(ferry.batches.calls).containsExactly("plan");
    }

    @Test
    void branchesCachesAndBatchesUnderWayAreNamed() {
        ferry.batches.plan = new BatchPlan(
                ferry.batches.target,
                1500,
                500,
                20_000_000,
                5_000_000,
                Optional.of(new BatchPlan.Delivered(false, 20_000_000, 3)),
                4,
                Optional.of(FakeBatches.ID));

        assertThat(ferry.run("run", "prompts.jsonl", "--dry-run").expectExit(0).out())
                .isEqualTo("""
                        target    local
                        requests  1,500, 500 of them answered by the cache
                        size      20.0 MB
                        tokens    about 5,000,000 in
                        delivery  on a branch, 20.0 MB in 3 files
                        jobs      4
                        outcome   goes on with batch 20260115-093000-k3p7qa, which has the same requests
                        """);
    }
}
