package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.localgithub.LocalGitHub;
import io.github.batchferry.wire.BatchFiles;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Memory does not grow with the batch: client and batch runner both live in 256 MB, as launcher and workflow start them. */
class LargeBatchTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({"10000, 150, false", "50000, 400, true"})
    void manyRequestsAreAnsweredInOrderOverTheRequestsBranch(int requests, int promptCharacters, boolean inParts)
            throws Exception {
        Path input = write(requests, promptCharacters);

        FerryProcess.Result result = FerryProcess.run(home, "run", input.toString(), "-o", "out.jsonl", "--json")
                .expectExit(0);

        assertThat(result.err()).contains("branch");
        try (BufferedReader out = Files.newBufferedReader(home.resolve("out.jsonl"))) {
            for (int i = 0; i < requests; i++) {
                String line = out.readLine();
                assertThat(line).contains("\"custom_id\":\"r-" + i + "\"").contains("\"status\":\"succeeded\"");
            }
            assertThat(out.readLine()).isNull();
        }
        assertThat(Files.size(input) > BatchFiles.MAX_REQUESTS_PART_BYTES)
                .as("the requests travel in several parts")
                .isEqualTo(inParts);
        assertThat(resultFiles().contains(BatchFiles.responsesPart(0, 1)))
                .as("the responses come back in several parts")
                .isEqualTo(inParts);
    }

    private List<String> resultFiles() throws Exception {
        BranchName branch = new BranchName(
                "eval-results/" + FerryProcess.batches(home).get(0).getFileName());
        try (LocalGitHub github = Embedded.start(home);
                BranchSnapshot results =
                        Embedded.git(github, home).fetch(branch).orElseThrow()) {
            return results.paths();
        }
    }

    @Test
    void theWorkflowStartsTheRunnerWithin256Megabytes() throws Exception {
        assertThat(Files.readString(FerryProcess.PROJECT.resolve("runner-workflow/workflows/run-evals.yml")))
                .contains("-Xmx256m");
        assertThat(Files.readString(FerryProcess.PROJECT.resolve("ferry"))).contains("-Xmx256m");
    }

    /** Prompts that hardly compress, so that the inline route is too small for them. */
    private Path write(int requests, int promptCharacters) throws IOException {
        long seed = 20260115L;
        Random random = new Random(seed);
        System.out.println("prompts are made from seed " + seed);
        Path file = home.resolve("many.jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < requests; i++) {
                StringBuilder prompt = new StringBuilder();
                random.ints(promptCharacters, 'a', 'z' + 1).forEach(c -> prompt.append((char) c));
                out.write("{\"custom_id\":\"r-" + i + "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\","
                        + "\"body\":{\"model\":\"echo-1\",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt
                        + "\"}]}}\n");
            }
        }
        return file;
    }
}
