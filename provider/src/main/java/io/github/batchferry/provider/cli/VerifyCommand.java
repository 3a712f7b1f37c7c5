package io.github.batchferry.provider.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.provider.batch.VerifyReport;
import io.github.batchferry.provider.cli.output.Printable;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.json.JsonSupport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ferry verify}: holds a collected batch against its digests. */
@Command(
        name = "verify",
        description = "Hold the files of a collected batch against their digests.",
        abbreviateSynopsis = true,
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  $$ ferry verify 20260115-093000-k3p7qa --remote"})
final class VerifyCommand implements Callable<Integer> {
    private final CliContext context;
    private final BatchWork work;

    // Mutable state, set by picocli
    @Parameters(paramLabel = "ID", description = "Name of the batch, as ferry list shows it.")
    private BatchId batch;

    @Option(names = "--remote", description = "Fetch the results branch and compare it, too.")
    private boolean remote;

    @Mixin
    private JsonOption jsonOption = new JsonOption();

    @Mixin
    private HelpOption help;

    VerifyCommand(CliContext context, BatchWork work) {
        this.context = context;
        this.work = work;
    }

    @Override
    public Integer call() throws Exception {
        return work.run((batches, progress) -> {
            VerifyReport report = batches.verify(batch, remote);
            progress.clear();
            if (jsonOption.json()) {
                printJson(report);
            } else {
                report.checks().forEach(this::print);
            }
            return report.ok() ? ExitCodes.SUCCESS : ExitCodes.FAILED;
        });
    }

    private void print(VerifyReport.Check check) {
        context.out()
                .println((check.ok() ? "ok    " : "FAIL  ") + check.what() + ": " + Printable.line(check.finding()));
    }

    private void printJson(VerifyReport report) {
        ObjectNode json = JsonSupport.MAPPER.createObjectNode();
        json.put("batch_id", report.batch().value()).put("ok", report.ok());
        ArrayNode checks = json.putArray("checks");
        report.checks()
                .forEach(check -> checks.addObject()
                        .put("what", check.what())
                        .put("ok", check.ok())
                        .put("finding", check.finding()));
        context.out().println(context.outIsTerminal() ? json.toPrettyString() : json.toString());
    }
}
