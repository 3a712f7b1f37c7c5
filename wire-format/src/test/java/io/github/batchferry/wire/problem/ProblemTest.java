package io.github.batchferry.wire.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemTest {
    @Test
    void aHundredProblemsAboutHugeValuesFitInMemory() {
        Problem problem = new Problem("in.jsonl", 3, "$." + "k".repeat(60_000), "found `" + "x".repeat(5_000_000));

        assertThat(problem.path()).hasSize(201).endsWith("k…");
        assertThat(problem.message()).hasSize(2001).startsWith("found `x").endsWith("x…");
    }

    @Test
    void theTextFormIsThatOfCompilers() {
        assertThat(new Problem("in.jsonl", 3, "$.body", "missing")).hasToString("in.jsonl:3 $.body: missing");
        assertThat(new Problem("in.jsonl", 3, "", "empty")).hasToString("in.jsonl:3: empty");
        assertThat(new Problem("in.jsonl", 0, "", "no such file")).hasToString("in.jsonl: no such file");
    }
}
