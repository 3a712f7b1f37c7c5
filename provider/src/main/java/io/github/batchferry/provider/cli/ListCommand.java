package io.github.batchferry.provider.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.batchferry.provider.batch.BatchListing;
import io.github.batchferry.provider.batch.BatchRecord;
import io.github.batchferry.provider.cli.output.BatchJson;
import io.github.batchferry.provider.cli.output.Printable;
import io.github.batchferry.provider.cli.output.Table;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.json.JsonSupport;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ferry list}: the batches of the journal. */
@Command(
        name = "list",
        description = "List the batches sent from this directory, newest first.",
        abbreviateSynopsis = true,
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  $$ ferry list", "  $$ ferry list --json"})
final class ListCommand implements Callable<Integer> {
    private static final String DAMAGED = "damaged";

    private final CliContext context;
    private final BatchWork work;

    // Mutable state, set by picocli
    @Mixin
    private JsonOption jsonOption = new JsonOption();

    @Mixin
    private HelpOption help;

    ListCommand(CliContext context, BatchWork work) {
        this.context = context;
        this.work = work;
    }

    @Override
    public Integer call() throws Exception {
        return work.run((batches, progress) -> {
            BatchListing all = batches.listing();
            all.damaged().forEach(batch -> progress.say(Printable.line(batch.reason())));
            if (jsonOption.json()) {
                printJson(all);
            } else if (all.batches().isEmpty() && all.damaged().isEmpty()) {
                progress.say("no batches here yet; send one with: ferry run FILE");
            } else {
                lines(all).forEach(context.out()::println);
            }
            return ExitCodes.SUCCESS;
        });
    }

    private List<String> lines(BatchListing all) {
        Table table = new Table();
        if (context.outIsTerminal()) {
            table.row("BATCH", "TARGET", "REQUESTS", "PHASE", "RUN");
        }
        for (BatchRecord batch : all.batches()) {
            table.row(
                    batch.manifest().batchId().toString(),
                    batch.target().name(),
                    Long.toString(batch.manifest().requestCount()),
                    batch.phase().name().toLowerCase(Locale.ROOT),
                    run(batch));
        }
        all.damaged().forEach(batch -> table.row(batch.id().toString(), "", "", DAMAGED, ""));
        return context.outIsTerminal() ? table.aligned() : table.tabSeparated();
    }

    /** Where to look at the run; the pages of the embedded GitHub end with the process. */
    private static String run(BatchRecord batch) {
        if (batch.target() instanceof Target.Embedded) {
            return batch.runId().isPresent() ? "run " + batch.runId().getAsLong() : "";
        }
        return Printable.line(batch.runUrl().orElse(""));
    }

    private void printJson(BatchListing all) {
        ArrayNode json = JsonSupport.MAPPER.createArrayNode();
        all.batches().forEach(batch -> json.add(BatchJson.ofRecord(batch)));
        all.damaged()
                .forEach(batch -> json.addObject()
                        .put("batch_id", batch.id().value())
                        .put("phase", DAMAGED)
                        .put("reason", batch.reason()));
        context.out().println(context.outIsTerminal() ? json.toPrettyString() : json.toString());
    }
}
