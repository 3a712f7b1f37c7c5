package io.github.batchferry.provider.cli;

import picocli.CommandLine.Option;

/** {@code --json} of commands that put out facts, not responses. */
final class JsonOption {
    // Mutable state, set by picocli
    @Option(names = "--json", description = "Report as JSON instead of a table.")
    private boolean json;

    boolean json() {
        return json;
    }
}
