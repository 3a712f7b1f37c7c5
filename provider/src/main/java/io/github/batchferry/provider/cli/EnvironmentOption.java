package io.github.batchferry.provider.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --env}: secrets of an environment of the embedded runner repository instead of its own. */
final class EnvironmentOption {
    // Mutable state, set by picocli
    @Option(
            names = "--env",
            paramLabel = "ENVIRONMENT",
            description = "Of an environment; only jobs that name it get to see its secrets.")
    private Optional<String> name = Optional.empty();

    /** @throws UsageException if no environment can be called so */
    Optional<String> name() throws UsageException {
        if (name.filter(String::isBlank).isPresent()) {
            throw new UsageException("--env wants the name of an environment");
        }
        return name;
    }

    /** Whose secrets they are, for people. */
    String owner() {
        return name.map(environment -> "environment `" + environment + "` of ").orElse("")
                + "the embedded runner repository";
    }
}
