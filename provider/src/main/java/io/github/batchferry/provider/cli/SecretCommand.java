package io.github.batchferry.provider.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ferry local-github secret}: a group of commands; without one it shows its help. */
@Command(
        name = "secret",
        description = "Keep the secrets of the embedded runner repository.",
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n")
final class SecretCommand implements Runnable {
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
