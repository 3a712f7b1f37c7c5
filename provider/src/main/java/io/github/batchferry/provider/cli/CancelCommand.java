package io.github.batchferry.provider.cli;

import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.batch.BatchRecord;
import io.github.batchferry.provider.batch.Batches;
import io.github.batchferry.provider.batch.Cancellation;
import io.github.batchferry.provider.cli.output.Printable;
import io.github.batchferry.provider.cli.output.Progress;
import io.github.batchferry.wire.BatchId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ferry cancel}: stops a batch and, in economy mode, waits until the vendors' batches are cancelled, too. */
@Command(
        name = "cancel",
        description = "Stop a batch and what vendors still work on for it; what was answered is kept.",
        abbreviateSynopsis = true,
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  $$ ferry cancel 20260115-093000-k3p7qa"})
final class CancelCommand implements Callable<Integer> {
    private final CliContext context;
    private final BatchWork work;

    // Mutable state, set by picocli
    @Parameters(paramLabel = "ID", description = "Name of the batch, as ferry list shows it.")
    private BatchId batch;

    @Option(names = "--no-wait", description = "Only ask the run to stop; do not wait until it is over.")
    private boolean noWait;

    @Mixin
    private OutputOptions outputOptions = new OutputOptions();

    @Mixin
    private HelpOption help;

    CancelCommand(CliContext context, BatchWork work) {
        this.context = context;
        this.work = work;
    }

    @Override
    public Integer call() throws Exception {
        BatchReporter reporter = new BatchReporter(context, outputOptions);
        return work.run((batches, progress) -> {
            progress.expect(batch);
            if (batches.record(batch).phase() == BatchRecord.Phase.COLLECTED) {
                progress.say("nothing to cancel: all responses were collected");
                return ExitCodes.SUCCESS;
            }
            return cancel(batches, progress, reporter);
        });
    }

    private int cancel(Batches batches, Progress progress, BatchReporter reporter) throws Exception {
        Cancellation done = batches.cancel(batch, !noWait);
        progress.say(done.stopped().map(CancelCommand::words).orElse("no run of the batch was under way"));
        if (done.forced()) {
            progress.say("it did not stop within a minute and was ended by force");
        }
        if (!noWait && done.stopped().filter(run -> !run.completed()).isPresent()) {
            progress.say("it is not over yet; see what becomes of it with: ferry status " + batch);
        }
        if (done.dispatched()) {
            if (noWait) {
                progress.say("another run cancels the vendors' batches; wait for it with: ferry resume " + batch);
                return ExitCodes.SUCCESS;
            }
            progress.say("another run cancels the vendors' batches; waiting for it");
            return reporter.waited(batches, progress, batches.watch(batch));
        }
        progress.say("fetch what was answered with: ferry collect " + batch);
        return ExitCodes.SUCCESS;
    }

    private static String words(WorkflowRun run) {
        return "asked the run to stop: " + Printable.line(run.htmlUrl().toString());
    }
}
