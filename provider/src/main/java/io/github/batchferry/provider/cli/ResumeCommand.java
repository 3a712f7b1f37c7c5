package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.batch.RunReport;
import io.github.batchferry.wire.BatchId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ferry resume}: takes a batch up wherever it was left and goes the rest of the way. */
@Command(
        name = "resume",
        description = "Go on with a batch wherever it was left, then wait and collect.",
        abbreviateSynopsis = true,
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  $$ ferry resume 20260115-093000-k3p7qa"})
final class ResumeCommand implements Callable<Integer> {
    private final CliContext context;
    private final BatchWork work;

    // Mutable state, set by picocli
    @Parameters(paramLabel = "ID", description = "Name of the batch, as ferry list shows it.")
    private BatchId batch;

    @Mixin
    private OutputOptions outputOptions = new OutputOptions();

    @Mixin
    private AsCompletedOption asCompletedOption = new AsCompletedOption();

    @Mixin
    private WaitOption waitOption = new WaitOption();

    @Mixin
    private HelpOption help;

    ResumeCommand(CliContext context, BatchWork work) {
        this.context = context;
        this.work = work;
    }

    @Override
    public Integer call() throws Exception {
        BatchReporter reporter =
                new BatchReporter(context, outputOptions, asCompletedOption.place(context, outputOptions));
        return work.run((batches, progress) -> {
            progress.expect(batch);
            RunReport look = batches.resume(batch, waitOption.timeout(), reporter.arrivals(progress));
            return reporter.waited(batches, progress, look, waitOption.timeout());
        });
    }
}
