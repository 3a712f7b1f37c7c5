package io.github.batchferry.provider.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program itself; without a command it shows its help. */
@Command(
        name = "ferry",
        description = "Run batches of LLM requests on GitHub Actions. The keys never leave GitHub.",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  $$ ferry run examples/capitals.jsonl",
            "  $$ ferry run prompts.jsonl --target cloud-eval-runner -o answers.jsonl",
            "  $$ ferry run prompts.jsonl --openai-base-url http://127.0.0.1:11434/v1",
            "  $$ ferry resume 20260115-093000-k3p7qa"
        })
final class FerryCommand implements Runnable {
    // Mutable state, set by picocli
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    private boolean version;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
