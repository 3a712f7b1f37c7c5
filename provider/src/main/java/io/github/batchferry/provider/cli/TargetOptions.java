package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.provider.targets.Targets;
import io.github.batchferry.provider.targets.UnknownTargetException;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that say where a batch goes. With none of them it goes to the embedded GitHub. */
final class TargetOptions {
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

    // Mutable state, set by picocli
    @Option(
            names = {"-t", "--target"},
            paramLabel = "NAME",
            description = "Target of targets.yaml; without it the GitHub that ferry carries itself.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--targets",
            paramLabel = "FILE",
            description = "Targets file; without it targets.yaml or .ferry/targets.yaml.")
    private Optional<String> file = Optional.empty();

    @Option(names = "--vendor", paramLabel = "NAME", description = "Vendor for requests that name none.")
    private Optional<String> vendor = Optional.empty();

    @Option(
            names = "--openai-base-url",
            paramLabel = "URL",
            description =
                    "Let an OpenAI-compatible server answer, such as http://127.0.0.1:11434/v1 (embedded targets only).")
    private Optional<URI> openaiBaseUrl = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "How long to wait, such as 10m; on GitHub the run goes on after it.")
    private Optional<Duration> timeout = Optional.empty();

    @Option(
            names = "--max-cost",
            paramLabel = "USD",
            description = "Stop sending when the batch has cost this much, such as 2.50.")
    private Optional<BigDecimal> maxCost = Optional.empty();

    /** The target that is meant. */
    Target target(CliContext context) throws InvalidInputException, UnknownTargetException, UsageException {
        Targets targets = Targets.load(context.directory(), file, context.environment());
        Target target = withServer(targets.find(name.orElse(Target.Embedded.STANDARD_NAME)));
        target = vendor.isPresent() ? target.withVendor(vendor.get()) : target;
        if (timeout.isPresent() && timeout.get().compareTo(SHORTEST_WAIT) < 0) {
            throw new UsageException(
                    "--timeout: expected at least 1s, as a batch begun with it is waited for that long");
        }
        target = timeout.isPresent() ? target.withTimeout(timeout.get()) : target;
        return maxCost.isPresent() ? target.withMaxCostUsd(maxCost.get()) : target;
    }

    private Target withServer(Target target) throws UsageException {
        if (openaiBaseUrl.isEmpty()) {
            return target;
        }
        if (target instanceof Target.Embedded embedded) {
            return embedded.withOpenaiBaseUrl(openaiBaseUrl.get());
        }
        throw new UsageException("--openai-base-url is for embedded targets; the vendors of target `" + target.name()
                + "` stand in .ferry/vendors.yaml of its runner repository");
    }
}
