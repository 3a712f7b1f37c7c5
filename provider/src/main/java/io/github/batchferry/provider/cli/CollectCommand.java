package io.github.batchferry.provider.cli;

import io.github.batchferry.github.GitHubNotFoundException;
import io.github.batchferry.provider.batch.BatchRecord;
import io.github.batchferry.provider.batch.Batches;
import io.github.batchferry.provider.batch.RunReport;
import io.github.batchferry.wire.BatchId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ferry collect}: fetches the responses there are. */
@Command(
        name = "collect",
        description = "Fetch the responses of a batch.",
        abbreviateSynopsis = true,
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  $$ ferry collect 20260115-093000-k3p7qa -o answers.jsonl",
            "  $$ ferry collect 20260115-093000-k3p7qa --partial -o so-far.jsonl"
        })
final class CollectCommand implements Callable<Integer> {
    private final CliContext context;
    private final BatchWork work;

    // Mutable state, set by picocli
    @Parameters(paramLabel = "ID", description = "Name of the batch, as ferry list shows it.")
    private BatchId batch;

    @Option(names = "--partial", description = "Take what is answered so far although the run is not over.")
    private boolean partial;

    @Mixin
    private OutputOptions outputOptions = new OutputOptions();

    @Mixin
    private HelpOption help;

    CollectCommand(CliContext context, BatchWork work) {
        this.context = context;
        this.work = work;
    }

    @Override
    public Integer call() throws Exception {
        BatchReporter reporter = new BatchReporter(context, outputOptions);
        return work.run((batches, progress) -> {
            progress.expect(batch);
            RunReport look = look(batches);
            return partial
                    ? reporter.collected(batches, progress, look)
                    : reporter.collectedWhole(batches, progress, look);
        });
    }

    /** Responses that were all collected before need no GitHub, and a run that is gone by now need not be there. */
    private RunReport look(Batches batches) throws Exception {
        RunReport unknown = new RunReport(batch, Optional.empty(), Optional.empty());
        if (batches.record(batch).phase() == BatchRecord.Phase.COLLECTED) {
            return unknown;
        }
        try {
            return batches.status(batch);
        } catch (GitHubNotFoundException e) {
            return unknown;
        }
    }
}
