package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.batch.Submitted;
import io.github.batchferry.provider.targets.DollarAmount;
import io.github.batchferry.wire.BatchId;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ferry retry-failed}: asks once more what failed, and brings the responses of all requests together. */
@Command(
        name = "retry-failed",
        description = "Ask once more what did not succeed, and collect one response per request.",
        abbreviateSynopsis = true,
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  $$ ferry retry-failed 20260115-093000-k3p7qa -o answers.jsonl"})
final class RetryFailedCommand implements Callable<Integer> {
    private final CliContext context;
    private final BatchWork work;

    // Mutable state, set by picocli
    @Parameters(paramLabel = "ID", description = "Name of the batch, as ferry list shows it.")
    private BatchId batch;

    @Mixin
    private OutputOptions outputOptions = new OutputOptions();

    @Option(
            names = "--max-cost",
            paramLabel = "USD",
            description = "Stop sending when the new batch has cost this much, such as 2.50.")
    private Optional<String> maxCost = Optional.empty();

    @Mixin
    private HelpOption help;

    RetryFailedCommand(CliContext context, BatchWork work) {
        this.context = context;
        this.work = work;
    }

    @Override
    public Integer call() throws Exception {
        BatchReporter reporter = new BatchReporter(context, outputOptions);
        Optional<BigDecimal> budget = budget();
        return work.run((batches, progress) -> {
            Submitted retry = batches.retryFailed(batch, budget);
            progress.expect(retry.batch());
            if (retry.attached()) {
                progress.say("the failures of batch " + batch + " are already on their way as batch " + retry.batch());
                return reporter.waited(batches, progress, batches.resume(retry.batch()));
            }
            return reporter.waited(batches, progress, batches.watch(retry.batch()));
        });
    }

    private Optional<BigDecimal> budget() throws UsageException {
        Optional<BigDecimal> amount = maxCost.flatMap(DollarAmount::parse);
        if (maxCost.isPresent() && amount.isEmpty()) {
            throw new UsageException(
                    "--max-cost: expected " + DollarAmount.EXPECTED + ", found `" + maxCost.get() + "`");
        }
        return amount;
    }
}
