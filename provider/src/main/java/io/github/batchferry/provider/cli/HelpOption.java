package io.github.batchferry.provider.cli;

import picocli.CommandLine.Option;

/** {@code --help} of a command. */
final class HelpOption {
    // Mutable state, set by picocli
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;
}
