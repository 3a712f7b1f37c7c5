package io.github.batchferry.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.provider.cli.CommandLineHarness.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes in how ferry is called: one clear line, exit 2, nothing done. */
class UsageTest {
    @TempDir
    Path directory;

    private CommandLineHarness ferry;

    @BeforeEach
    void prepare() throws Exception {
        ferry = new CommandLineHarness(directory).withFile("prompts.jsonl", "{}\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    submitt x                         | unknown command `submitt`; did you mean `submit`?                              | ferry
                    --halp                            | unknown option `--halp`; did you mean `--help`?                                | ferry
                    run --targt x prompts.jsonl       | unknown option `--targt`; did you mean `--target`?                             | ferry run
                    run                               | missing required parameter: `FILE`                                             | ferry run
                    run a b                           | unexpected argument `b`                                                        | ferry run
                    run prompts.jsonl --timeout soon  | --timeout: expected a duration such as 500ms, 10s, 5m or 6h, found `soon`      | ferry run
                    run a --openai-base-url nonsense  | --openai-base-url: expected an http or https address without user, query or fragment, found `nonsense` | ferry run
                    status yesterday                  | invalid batch id `yesterday`: expected the form yyyymmdd-hhmmss-xxxxxx, as `ferry list` shows it       | ferry status
                    """)
    void aMistakenCommandLineIsOneLineAndAHint(String arguments, String message, String command) {
        Result result = ferry.run(arguments.split(" ")).expectExit(2);

        assertThat(result.err()).isEqualTo("error: " + message + "\nRun '" + command + " --help' for usage.\n");
        assertThat(result.out()).isEmpty();
        assertThat(ferry.batches.calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    run nowhere.jsonl                       | nowhere.jsonl: no such file
                    run .                                   | .: is a directory, expected a file of requests
                    validate nowhere.jsonl                  | nowhere.jsonl: no such file
                    run prompts.jsonl -t clout              | unknown target `clout`; there is no targets.yaml here, so only `local` is defined
                    run prompts.jsonl --targets mine.yaml   | mine.yaml: no such file
                    run prompts.jsonl --timeout 0s          | --timeout: expected at least 1s, as a batch begun with it is waited for that long
                    run prompts.jsonl -o .                  | cannot write responses to `.`: is a directory
                    run prompts.jsonl -o missing/out.jsonl  | cannot write responses to `missing/out.jsonl`: its directory does not exist
                    collect 20260115-093000-k3p7qa -o .     | cannot write responses to `.`: is a directory
                    run prompts.jsonl --as-completed        | --as-completed writes responses while the run goes on: say where to with --output FILE, or --output - for standard output
                    resume 20260115-093000-k3p7qa --as-completed | --as-completed writes responses while the run goes on: say where to with --output FILE, or --output - for standard output
                    """)
    void whatCannotBeUsedIsOneLineAndFoundBeforeAnythingIsDone(String arguments, String message) {
        Result result = ferry.run(arguments.split(" ")).expectExit(2);

        assertThat(result.err()).isEqualTo("error: " + message + "\n");
        assertThat(result.out()).isEmpty();
        assertThat(ferry.batches.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--token=", "https://x:"})
    void aTokenAmongTheArgumentsIsRefusedAndNotRepeated(String before) {
        String token = "ghs_4242_eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl";

        Result result = ferry.run("run", "prompts.jsonl", before + token).expectExit(2);

        assertThat(result.err())
                .startsWith("error: never pass a token on the command line, where others can read it; revoke this one")
                .doesNotContain("ghs_", "c2lnbmF0dXJl")
                .hasLineCount(1);
        assertThat(result.out()).isEmpty();
        assertThat(ferry.batches.calls).isEmpty();
    }

    @Test
    void faultsThatCannotBeUsedAreToldBeforeAnythingIsServed() throws Exception {
        ferry.withFile("faults.yaml", "- on: GET /a\n  fault: flood\n");

        assertThat(ferry.run("local-github", "serve", "--faults", "nowhere.yaml")
                        .expectExit(2)
                        .err())
                .isEqualTo("error: --faults: no such file: `nowhere.yaml`\n");
        assertThat(ferry.run("local-github", "serve", "--faults", "faults.yaml")
                        .expectExit(2)
                        .err())
                .contains("faults.yaml:2: expected `fault` to be one of answer, ")
                .contains("found `flood`");
        assertThat(directory.resolve(".ferry")).doesNotExist();
    }

    @Test
    void aTargetsFileWithAMistakeStopsEverything() throws Exception {
        ferry.withFile("targets.yaml", "targets:\n- name: a\n  provider: github-actions\n");
        Result result = ferry.run("run", "prompts.jsonl").expectExit(2);

        assertThat(result.err()).isEqualTo("""
                        targets.yaml:2 $.targets[0].repo: missing
                        nothing was dispatched: 1 problem in targets.yaml
                        """);
    }

    @Test
    void anUnknownBatchSaysHowToSeeThoseThereAre() {
        Result result = ferry.run("status", "20260101-000000-aaaaaa").expectExit(2);

        assertThat(result.err()).isEqualTo("""
                        error: no batch `20260101-000000-aaaaaa` in .ferry/batches
                        see the batches there are with: ferry list
                        """);
    }

    @Test
    void aMistakeOfOursIsOneLineUnlessATraceIsWanted() {
        ferry.batches.failSubmit = new IllegalStateException("broken");

        Result plain = ferry.run("run", "prompts.jsonl").expectExit(1);
        assertThat(plain.err()).isEqualTo("""
                        error: unexpected IllegalStateException: broken
                        this is a mistake in ferry; report it with what FERRY_DEBUG=trace prints
                        """);

        Result traced = ferry.withEnvironment("FERRY_DEBUG", "trace")
                .run("run", "prompts.jsonl")
                .expectExit(1);
        assertThat(traced.err())
                .contains("java.lang.IllegalStateException: broken")
                .contains("\tat ");
    }

    @Test
    void anExistingOutputSurvivesABatchThatIsNotSent() throws Exception {
        ferry.withFile("answers.jsonl", "precious\n");
        ferry.run("run", "nowhere.jsonl", "-o", "answers.jsonl").expectExit(2);

        assertThat(Files.readString(directory.resolve("answers.jsonl"))).isEqualTo("precious\n");
    }

    @Test
    void aFileOfArgumentsIsAFileNameLikeAnyOther() throws Exception {
        ferry.withFile("arguments", "--help\n").withFile("@prompts", "{}\n");
        String name = "@" + directory.resolve("arguments");

        assertThat(ferry.run("run", name).expectExit(2).err()).isEqualTo("error: " + name + ": no such file\n");
        ferry.run("run", "@prompts").expectExit(0);
        assertThat(ferry.batches.submitted).isEqualTo("@prompts: {}\n");
    }
}
