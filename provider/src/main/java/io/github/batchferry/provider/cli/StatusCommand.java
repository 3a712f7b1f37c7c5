package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.batch.BatchRecord;
import io.github.batchferry.provider.batch.Batches;
import io.github.batchferry.provider.batch.RunReport;
import io.github.batchferry.provider.cli.output.Progress;
import io.github.batchferry.provider.connection.ConnectionFailedException;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ferry status}: one look at a batch. */
@Command(
        name = "status",
        description = "Show how far a batch has come.",
        abbreviateSynopsis = true,
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  $$ ferry status 20260115-093000-k3p7qa --json"})
final class StatusCommand implements Callable<Integer> {
    private final CliContext context;
    private final BatchWork work;

    // Mutable state, set by picocli
    @Parameters(paramLabel = "ID", description = "Name of the batch, as ferry list shows it.")
    private BatchId batch;

    @Mixin
    private JsonOption jsonOption = new JsonOption();

    @Mixin
    private HelpOption help;

    StatusCommand(CliContext context, BatchWork work) {
        this.context = context;
        this.work = work;
    }

    @Override
    public Integer call() throws Exception {
        BatchReporter reporter = new BatchReporter(context, jsonOption.json());
        return work.run((batches, progress) -> reporter.status(batches, progress, look(batches, progress)));
    }

    /**
     * The embedded GitHub belongs to one process at a time; while another runs this batch, the journal still tells how far it
     * is.
     */
    private RunReport look(Batches batches, Progress progress) throws Exception {
        progress.expect(batch);
        BatchRecord record = batches.record(batch);
        try {
            return batches.status(batch);
        } catch (ConnectionFailedException e) {
            if (record.target() instanceof Target.Embedded) {
                progress.say(e.getMessage());
                return new RunReport(batch, Optional.empty(), Optional.empty());
            }
            throw e;
        }
    }
}
