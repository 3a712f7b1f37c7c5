package io.github.batchferry.provider.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ferry local-github}: a group of commands; without one it shows its help. */
@Command(
        name = "local-github",
        description = "Run the GitHub that ferry carries itself, and keep its secrets.",
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  $$ ferry local-github serve", "  $$ ferry local-github secret set OPENAI_API_KEY < key.txt"})
final class LocalGitHubCommand implements Runnable {
    // Mutable state, set by picocli
    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
