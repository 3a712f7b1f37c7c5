package io.github.batchferry.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseLineCodec;
import io.github.batchferry.wire.ResponseStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole command lines with every part real: the embedded GitHub, the workflow's steps, the batch runner. */
class EmbeddedRunTest {
    private static final String THREE = """
            {"id":"one","prompt":"first","model":"echo-1"}
            {"id":"two","prompt":"second","model":"echo-1"}
            {"id":"three","prompt":"third","model":"echo-1"}
            """;

    /** Standard error that presses Ctrl-C, as it were, once it has heard a text. */
    private static final class Talk extends ByteArrayOutputStream {
        // Mutable state
        private String awaited = "";

        void interruptAfter(String text) {
            awaited = text;
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (!awaited.isEmpty() && toString(StandardCharsets.UTF_8).endsWith(awaited)) {
                awaited = "";
                Thread.currentThread().interrupt();
            }
        }
    }

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Talk err = new Talk();

    @Test
    void aFileOfPromptsBecomesAFileOfResponsesInTheirOrder() throws Exception {
        Files.writeString(directory.resolve("prompts.jsonl"), THREE);

        assertThat(ferry("run", "prompts.jsonl", "-o", "answers.jsonl"))
                .as("%s%s", out, err)
                .isZero();

        List<String> answers = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve("answers.jsonl"))) {
            ResponseLine response = ResponseLineCodec.read(line.getBytes(StandardCharsets.UTF_8));
            assertThat(response.status()).isEqualTo(ResponseStatus.SUCCEEDED);
            answers.add(response.customId() + " " + response.text().orElseThrow());
        }
        assertThat(answers).containsExactly("one first", "two second", "three third");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("succeeded  3\n")
                .contains("of the embedded GitHub at ");

        String batch = err.toString(StandardCharsets.UTF_8).replaceFirst("(?s).* as batch (\\S+).*", "$1");
        out.reset();
        assertThat(ferry("collect", batch, "-o", "-")).as("%s%s", out, err).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(Files.readString(directory.resolve("answers.jsonl")));
    }

    @Test
    void anInterruptedBatchIsTakenUpAgainByTheSameCommand() throws Exception {
        Files.writeString(directory.resolve("prompts.jsonl"), THREE);
        err.interruptAfter("dispatched\n");

        assertThat(ferry("run", "prompts.jsonl")).as("%s%s", out, err).isEqualTo(130);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("; go on with: ferry resume ");
        assertThat(ferry("run", "prompts.jsonl")).as("%s%s", out, err).isZero();

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("the same requests are already on their way");
        try (var runs = Files.list(directory.resolve(".ferry/local-github/runs"))) {
            assertThat(runs.filter(Files::isDirectory)).as("one dispatch").hasSize(1);
        }
    }

    @Test
    void everyMistakeIsFoundBeforeAnythingIsWritten() throws Exception {
        Files.writeString(directory.resolve("prompts.jsonl"), THREE + """
                {"id":"one","prompt":"again","model":"echo-1"}
                {"id":"four","prompt":"whose?","model":"gpt-x"}
                """);

        assertThat(ferry("run", "prompts.jsonl")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        prompts.jsonl:4 $.id: `one` was already used at prompts.jsonl:1
                        prompts.jsonl:5 $.model: no vendor of the runner allows model `gpt-x`; it has: echo (echo*)
                        nothing was dispatched: 2 problems in prompts.jsonl
                        """);
        assertThat(directory.resolve(".ferry")).doesNotExist();
    }

    private int ferry(String... arguments) {
        return ferry(Map.of("PATH", System.getenv("PATH")), arguments);
    }

    private int ferry(Map<String, String> environment, String... arguments) {
        CliContext context = new CliContext(
                environment,
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                directory,
                Clock.systemUTC(),
                new Random(),
                false,
                false);
        return Ferry.run(context, arguments);
    }

    @Test
    void checkingRequestsWritesNothing() throws Exception {
        Files.writeString(directory.resolve("prompts.jsonl"), THREE);

        assertThat(ferry("validate", "prompts.jsonl")).as("%s%s", out, err).isZero();
        assertThat(directory.resolve(".ferry")).doesNotExist();
    }

    @Test
    void whatKeepsTheEmbeddedGitHubFromStartingIsFoundBeforeAnythingIsWritten() throws Exception {
        Files.writeString(directory.resolve("prompts.jsonl"), THREE);

        assertThat(ferry(Map.of(), "run", "prompts.jsonl")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("error: the embedded GitHub finds no bash and no curl and no sha256sum on the PATH");
        assertThat(directory.resolve(".ferry")).doesNotExist();
    }
}
