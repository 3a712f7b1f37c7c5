package io.github.batchferry.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    @TempDir
    Path directory;

    private CommandLineHarness ferry;

    @BeforeEach
    void prepare() {
        ferry = new CommandLineHarness(directory);
    }

    @Test
    void theWholeHelpOfFerry() {
        String help = """
                Usage: ferry [-hV] COMMAND
                Run batches of LLM requests on GitHub Actions. The keys never leave GitHub.

                Options:
                  -h, --help      Show this help and exit.
                  -V, --version   Show the version and exit.

                Commands:
                  run           Send a batch, wait for its run, and collect one response per request.
                  submit        Send a batch and print its name; its run goes on without you.
                  status        Show how far a batch has come.
                  watch         Wait until the run of a batch is over.
                  collect       Fetch the responses of a batch.
                  resume        Go on with a batch wherever it was left, then wait and collect.
                  retry-failed  Ask once more what did not succeed, and collect one response per request.
                  cancel        Stop a batch and what vendors still work on for it; what was answered is kept.
                  list          List the batches sent from this directory, newest first.
                  verify        Hold the files of a collected batch against their digests.
                  prune         Remove old batches from this directory and, with --remote, their branches.
                  validate      Check requests or settings and show every problem; nothing is sent.
                  convert       Write a file of requests in another form; what is asked stays the same.
                  init-runner   Make a repository one that answers batches, by a pull request.
                  doctor        Say what keeps batches from a target, one line each, with what to do.
                  local-github  Run the GitHub that ferry carries itself, and keep its secrets.

                Exit codes:
                  0     every request succeeded
                  1     the run or the command failed
                  2     the command line or an input is not valid; nothing was changed
                  3     finished, but not every request succeeded
                  4     authentication failed or is missing
                  5     finished, but stopped by the vendor's quota or the batch's budget
                  8     the run is still going, or was not begun
                  130   interrupted; the batch can be resumed

                Examples:
                  $ ferry run examples/capitals.jsonl
                  $ ferry run prompts.jsonl --target cloud-eval-runner -o answers.jsonl
                  $ ferry run prompts.jsonl --openai-base-url http://127.0.0.1:11434/v1
                  $ ferry resume 20260115-093000-k3p7qa
                """;
        assertThat(ferry.run("--help").expectExit(0).out()).isEqualTo(help);
        assertThat(ferry.run("help").expectExit(0).out()).isEqualTo(help);
        assertThat(ferry.run().expectExit(0).out()).isEqualTo(help);
    }

    @Test
    void theHelpOfACommandNamesItsOptions() {
        assertThat(ferry.run("run", "--help").expectExit(0).out()).isEqualTo("""
                        Usage: ferry run [OPTIONS] FILE
                        Send a batch, wait for its run, and collect one response per request.

                              FILE              Requests in any of their forms; - for standard input.

                        Options:
                              --model=MODEL     Model, or vendor/model, for plain and Gemini lines that name none.
                          -t, --target=NAME     Target of targets.yaml; without it the GitHub that ferry carries itself.
                              --targets=FILE    Targets file; without it targets.yaml or .ferry/targets.yaml.
                              --vendor=NAME     Vendor for requests that name none.
                              --openai-base-url=URL
                                                Let an OpenAI-compatible server answer, such as http://127.0.0.1:11434/v1
                                                  (embedded targets only).
                              --timeout=TIME    How long to wait, such as 10m; on GitHub the run goes on after it.
                              --max-cost=USD    Stop sending when the batch has cost this much, such as 2.50.
                          -o, --output=FILE     File for the responses, - for standard output; without it they stay in the
                                                  journal.
                              --json            Report as one JSON object instead of a table.
                              --as-completed    Write each response to the file of --output as soon as it arrives.
                              --fresh           Dispatch anew even if the same requests are already on their way or in the
                                                  cache.
                              --[no-]cache      Do not send again what an earlier batch with --cache got answered; keep
                                                  this one's answers.
                              --[no-]economy    Ask through the vendors' own batch APIs: half the price, within a day.
                              --keep-requests   Leave the branch of the requests where it is once everything is answered.
                              --dry-run         Check everything and say what would be sent; send and write nothing.
                          -h, --help            Show this help and exit.

                        Examples:
                          $ ferry run prompts.jsonl
                          $ ferry run prompts.jsonl --target cloud-eval-runner -o answers.jsonl
                          $ generate-prompts | ferry run - -o - --vendor openai > answers.jsonl
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "submit",
                "status",
                "watch",
                "collect",
                "resume",
                "retry-failed",
                "cancel",
                "list",
                "verify",
                "prune",
                "validate",
                "convert",
                "init-runner",
                "doctor",
                "local-github",
                "local-github serve",
                "local-github secret",
                "local-github secret set",
                "local-github secret list",
                "local-github secret delete"
            })
    void everyCommandHasHelpThatFitsAndIsNotColouredInAPipe(String command) {
        String[] arguments = (command + " --help").split(" ");
        String help = ferry.run(arguments).expectExit(0).out();

        assertThat(help).startsWith("Usage: ferry " + command + " ").doesNotContain("\u001b");
        assertThat(help.lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void helpIsColouredOnATerminalUnlessNoColorIsSet() {
        assertThat(ferry.onTerminal().run("--help").out()).contains("\u001b[");
        assertThat(ferry.withEnvironment("NO_COLOR", "1").run("--help").out()).doesNotContain("\u001b");
    }

    @Test
    void theVersionIsOneLine() {
        assertThat(ferry.run("--version").expectExit(0).out()).matches("ferry \\S+\n");
    }
}
