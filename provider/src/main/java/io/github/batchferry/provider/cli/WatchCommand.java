package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.batch.RunReport;
import io.github.batchferry.wire.BatchId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ferry watch}: waits for a run and leaves the responses where they are. */
@Command(
        name = "watch",
        description = "Wait until the run of a batch is over.",
        abbreviateSynopsis = true,
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  $$ ferry watch 20260115-093000-k3p7qa"})
final class WatchCommand implements Callable<Integer> {
    private final CliContext context;
    private final BatchWork work;

    // Mutable state, set by picocli
    @Parameters(paramLabel = "ID", description = "Name of the batch, as ferry list shows it.")
    private BatchId batch;

    @Mixin
    private JsonOption jsonOption = new JsonOption();

    @Mixin
    private WaitOption waitOption = new WaitOption();

    @Mixin
    private HelpOption help;

    WatchCommand(CliContext context, BatchWork work) {
        this.context = context;
        this.work = work;
    }

    @Override
    public Integer call() throws Exception {
        BatchReporter reporter = new BatchReporter(context, jsonOption.json());
        return work.run((batches, progress) -> {
            progress.expect(batch);
            RunReport look = batches.watch(batch, waitOption.timeout());
            return look.over()
                    ? reporter.status(batches, progress, look)
                    : reporter.waited(batches, progress, look, waitOption.timeout());
        });
    }
}
