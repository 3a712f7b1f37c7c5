package io.github.batchferry.provider.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --state}: where the embedded GitHub keeps its repositories, runs and secrets. */
final class StateOption {
    // Mutable state, set by picocli
    @Option(names = "--state", paramLabel = "DIR", description = "Its state; without it .ferry/local-github.")
    private Optional<String> directory = Optional.empty();

    Path directory(CliContext context) {
        return directory
                .map(context::resolve)
                .orElseGet(() -> context.stateDirectory().resolve("local-github"));
    }
}
