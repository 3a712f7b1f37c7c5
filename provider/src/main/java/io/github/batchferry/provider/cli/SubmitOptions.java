package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.batch.Submission;
import io.github.batchferry.provider.targets.Handover;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchOptions;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that say how a batch is submitted, and how its runner is to answer. */
final class SubmitOptions {
    // Mutable state, set by picocli
    @Option(
            names = "--fresh",
            description = "Dispatch anew even if the same requests are already on their way or in the cache.")
    private boolean fresh;

    @Option(
            names = "--cache",
            negatable = true,
            description = "Do not send again what an earlier batch with --cache got answered; keep this one's answers.")
    private Optional<Boolean> cache = Optional.empty();

    @Option(
            names = "--economy",
            negatable = true,
            description = "Ask through the vendors' own batch APIs: half the price, within a day.")
    private Optional<Boolean> economy = Optional.empty();

    @Option(
            names = "--keep-requests",
            description = "Leave the branch of the requests where it is once everything is answered.")
    private boolean keepRequests;

    /** The target as these options want it. */
    Target adjusted(Target target) {
        return keepRequests ? target.withHandover(new Handover(target.handover().resultsArtifact(), true)) : target;
    }

    @Option(names = "--dry-run", description = "Check everything and say what would be sent; send and write nothing.")
    private boolean dryRun;

    /** Whether nothing is to be sent. */
    boolean dryRun() {
        return dryRun;
    }

    /**
     * What the options say together, and the target where they say nothing.
     *
     * @throws UsageException if the batch is to be answered in a way that cannot keep the target's budget
     */
    Submission submission(Target target) throws UsageException {
        boolean batchApis = economy.orElse(target.savings().economy());
        if (batchApis && target.maxCostUsd().isPresent()) {
            throw new UsageException(
                    "--economy cannot keep a budget, as vendors tell the cost when all is done: leave out"
                            + " --economy or --max-cost, and economy or max_cost_usd of target `" + target.name()
                            + "`");
        }
        return new Submission(
                fresh, cache.orElse(target.savings().cache()), BatchOptions.STANDARD.withEconomy(batchApis));
    }
}
