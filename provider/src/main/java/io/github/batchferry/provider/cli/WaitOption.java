package io.github.batchferry.provider.cli;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How long a command that goes on with a batch waits for it. */
final class WaitOption {
    // Mutable state, set by picocli
    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "Longest time to wait, such as 10m; the target's if not given.")
    private Duration timeout;

    Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }
}
