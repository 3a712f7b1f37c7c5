package io.github.batchferry.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.provider.cli.CommandLineHarness.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
    private static final String PLAIN = "{\"id\":\"a\",\"model\":\"v/m\",\"prompt\":\"p\"}\n";
    private static final String NATIVE = "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\","
            + "\"vendor\":\"v\",\"body\":{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"p\"}]}}\n";

    @TempDir
    Path directory;

    private CommandLineHarness ferry;

    @BeforeEach
    void prepare() throws Exception {
        ferry = new CommandLineHarness(directory).withFile("in.jsonl", PLAIN);
    }

    @Test
    void aFileIsWrittenInAnotherForm() throws Exception {
        Result result = ferry.run("convert", "in.jsonl", "--to", "openai", "-o", "out.jsonl")
                .expectExit(0);

        assertThat(result.out()).isEqualTo("out.jsonl: 1 request\n");
        assertThat(directory.resolve("out.jsonl")).hasContent(NATIVE);
        assertThat(ferry.batches.calls).isEmpty();
    }

    @Test
    void aPipeHasRequestsOnly() {
        Result result = ferry.withInput(PLAIN)
                .run("convert", "-", "--to", "openai", "-o", "-")
                .expectExit(0);

        assertThat(result.out()).isEqualTo(NATIVE);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void aFileMayBeConvertedIntoItself() throws Exception {
        ferry.run("convert", "in.jsonl", "--to", "openai", "-o", "in.jsonl").expectExit(0);

        assertThat(directory.resolve("in.jsonl")).hasContent(NATIVE);
    }

    @Test
    void whatCannotBeExpressedChangesNothing() throws Exception {
        Files.writeString(directory.resolve("out.jsonl"), "precious\n");
        Result result = ferry.run("convert", "in.jsonl", "--to", "gemini", "-o", "out.jsonl")
                .expectExit(2);

        assertThat(result.err()).startsWith("in.jsonl:1 $: asks `/v1/chat/completions`;");
        assertThat(directory.resolve("out.jsonl")).hasContent("precious\n");
    }

    @Test
    void theModelThatTheFormLeavesOutIsNamed() throws Exception {
        ferry.withFile("g.jsonl", "{\"key\":\"a\",\"request\":{}}\n");
        Result result = ferry.run("convert", "g.jsonl", "--model", "gemini-x", "--to", "gemini", "-o", "g2.jsonl")
                .expectExit(0);

        assertThat(result.err()).isEqualTo("this form names no model; send them with --model gemini-x\n");
        assertThat(directory.resolve("g2.jsonl")).hasContent("{\"key\":\"a\",\"request\":{}}\n");
    }

    @Test
    void aMistakenCommandLineIsToldFirst() {
        assertThat(ferry.run("convert", "in.jsonl", "--to", "csv", "-o", "x")
                        .expectExit(2)
                        .err())
                .startsWith("error: --to: expected one of openai, anthropic, gemini, plain, found `csv`\n");
        assertThat(ferry.run("convert", "in.jsonl", "--to", "plain")
                        .expectExit(2)
                        .err())
                .startsWith("error: missing required option: `--output=FILE`\n");
        assertThat(ferry.run("convert", "in.jsonl", "--to", "plain", "-o", "no/x")
                        .expectExit(2)
                        .err())
                .isEqualTo("error: cannot write requests to `no/x`: its directory does not exist\n");
    }
}
