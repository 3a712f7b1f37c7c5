package io.github.batchferry.provider.cli;

import io.github.batchferry.git.GitException;
import io.github.batchferry.provider.batch.BatchRecord;
import io.github.batchferry.provider.batch.Batches;
import io.github.batchferry.provider.batch.NoSuchBatchException;
import io.github.batchferry.provider.batch.PrunePlan;
import io.github.batchferry.provider.cli.output.Printable;
import io.github.batchferry.provider.cli.output.Progress;
import io.github.batchferry.provider.cli.output.Table;
import io.github.batchferry.provider.connection.ConnectionFailedException;
import io.github.batchferry.provider.journal.BatchInUseException;
import io.github.batchferry.provider.journal.DamagedBatch;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.config.DurationText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ferry prune}: removes old batches, after it has shown them and asked. */
@Command(
        name = "prune",
        description = "Remove old batches from this directory and, with --remote, their branches.",
        abbreviateSynopsis = true,
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  $$ ferry prune --dry-run", "  $$ ferry prune --older-than 7d --remote --yes"})
final class PruneCommand implements Callable<Integer> {
    private static final int LONGEST_DAYS_DIGITS = 5;

    private final CliContext context;
    private final BatchWork work;

    // Mutable state, set by picocli
    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            defaultValue = "30d",
            description = "Age from which batches are removed, such as 7d or 12h; 30d without it.")
    private String age;

    @Option(names = "--remote", description = "Delete their branches in the runner repository, too.")
    private boolean remote;

    @Option(names = "--force", description = "Remove those that were not collected, or are damaged, too.")
    private boolean force;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Only show what would be removed.")
    private boolean dryRun;

    @Mixin
    private HelpOption help;

    PruneCommand(CliContext context, BatchWork work) {
        this.context = context;
        this.work = work;
    }

    @Override
    public Integer call() throws Exception {
        Duration old = age();
        return work.run((batches, progress) -> {
            PrunePlan plan = batches.prunePlan(context.clock().instant().minus(old), force);
            tellOfUnfinished(plan, progress);
            List<BatchId> ids = ids(plan);
            if (ids.isEmpty()) {
                progress.say("nothing to remove that is older than " + age);
                return ExitCodes.SUCCESS;
            }
            lines(plan).forEach(context.out()::println);
            if (dryRun) {
                progress.say(ids.size() + " would be removed");
                return ExitCodes.SUCCESS;
            }
            return agreed(ids.size()) ? remove(ids, batches, progress) : refused(progress);
        });
    }

    private Duration age() throws UsageException {
        if (age.matches("[0-9]{1," + LONGEST_DAYS_DIGITS + "}d")) {
            return Duration.ofDays(Long.parseLong(age.substring(0, age.length() - 1)));
        }
        return DurationText.parse(age)
                .orElseThrow(() -> new UsageException(
                        "--older-than: expected a time such as 30d, 12h or 90m, found `" + age + "`"));
    }

    private static void tellOfUnfinished(PrunePlan plan, Progress progress) {
        if (plan.unfinished() > 0) {
            progress.say(plan.unfinished() + " as old and not collected; collect them with: ferry resume ID, or remove"
                    + " them with --force");
        }
    }

    private static List<BatchId> ids(PrunePlan plan) {
        return Stream.concat(
                        plan.batches().stream().map(batch -> batch.manifest().batchId()),
                        plan.damaged().stream().map(DamagedBatch::id))
                .toList();
    }

    private List<String> lines(PrunePlan plan) {
        Table table = new Table();
        for (BatchRecord batch : plan.batches()) {
            table.row(
                    batch.manifest().batchId().toString(),
                    batch.target().name(),
                    Long.toString(batch.manifest().requestCount()),
                    batch.phase().name().toLowerCase(Locale.ROOT));
        }
        plan.damaged().forEach(batch -> table.row(batch.id().toString(), "", "", "damaged"));
        return context.outIsTerminal() ? table.aligned() : table.tabSeparated();
    }

    private boolean agreed(int count) throws UsageException, IOException {
        if (yes) {
            return true;
        }
        if (!context.errIsTerminal()) {
            throw new UsageException("nobody is there to be asked; add --yes to remove them, or --dry-run to look");
        }
        context.out().flush();
        context.err()
                .print("remove " + (count == 1 ? "this batch" : "these " + count + " batches")
                        + (remote ? " and their branches" : "") + "? [y/N] ");
        context.err().flush();
        String answer = new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8)).readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }

    private static int refused(Progress progress) {
        progress.say("nothing was removed");
        return ExitCodes.INVALID;
    }

    /** One that cannot be removed keeps no other from being removed. */
    private int remove(List<BatchId> ids, Batches batches, Progress progress) throws Exception {
        int removed = 0;
        for (BatchId id : ids) {
            try {
                batches.prune(id, remote);
                removed++;
            } catch (BatchInUseException e) {
                progress.say(e.getMessage() + "; it stays");
            } catch (GitException | ConnectionFailedException | NoSuchBatchException | IOException e) {
                progress.say("batch " + id + " stays: " + Printable.line(e.getMessage()));
            }
        }
        progress.say("removed " + removed + " of " + ids.size());
        return removed == ids.size() ? ExitCodes.SUCCESS : ExitCodes.FAILED;
    }
}
