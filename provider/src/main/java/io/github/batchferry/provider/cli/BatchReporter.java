package io.github.batchferry.provider.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.provider.batch.Arrivals;
import io.github.batchferry.provider.batch.BatchRecord;
import io.github.batchferry.provider.batch.Batches;
import io.github.batchferry.provider.batch.CollectedBatch;
import io.github.batchferry.provider.batch.RunReport;
import io.github.batchferry.provider.cli.output.Amounts;
import io.github.batchferry.provider.cli.output.BatchJson;
import io.github.batchferry.provider.cli.output.BatchOutcome;
import io.github.batchferry.provider.cli.output.BatchText;
import io.github.batchferry.provider.cli.output.ErrorCauses;
import io.github.batchferry.provider.cli.output.FailureText;
import io.github.batchferry.provider.cli.output.Progress;
import io.github.batchferry.provider.cli.output.ResponsesPlace;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.ResponseStatus;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The end of every command that looked at a batch: collects where responses are wanted, reports, and tells the exit code.
 * Responses that are there are always reported, also those of a run that failed.
 */
final class BatchReporter {
    private final CliContext context;
    private final boolean json;
    private final ResponsesPlace place;
    private final PrintStream report;
    private final Instant start;

    /** A reporter for a command that starts now and wants responses; reports on standard output unless they go there. */
    BatchReporter(CliContext context, OutputOptions options) throws UsageException {
        this(context, options, options.place(context));
    }

    /** The same for responses that go to a place in another way than the options say. */
    BatchReporter(CliContext context, OutputOptions options, ResponsesPlace place) {
        this(context, options.json(), place, options.responsesOnStandardOutput() ? context.err() : context.out());
    }

    /** A reporter for a command that starts now and wants no responses. */
    BatchReporter(CliContext context, boolean json) {
        this(context, json, new ResponsesPlace.Journal(), context.out());
    }

    private BatchReporter(CliContext context, boolean json, ResponsesPlace place, PrintStream report) {
        this.context = context;
        this.json = json;
        this.place = place;
        this.report = report;
        this.start = context.clock().instant();
    }

    /** Where responses are to be handed as they arrive; empty if nobody wants them before all are there. */
    Optional<Arrivals> arrivals(Progress progress) {
        return place.arrivals(progress::clear);
    }

    /** Ends a command that only looked at the run. */
    int status(Batches batches, Progress progress, RunReport look) throws Exception {
        BatchRecord record = batches.record(look.batch());
        int exitCode = record.phase() == BatchRecord.Phase.COLLECTED ? ExitCodes.SUCCESS : ExitCodes.of(look);
        FailureText.of(look).forEach(progress::say);
        print(progress, new BatchOutcome(record, look, Optional.empty(), exitCode));
        return exitCode;
    }

    /** Ends a command that waited for a run: collects if it is over, else says how to come back. */
    int waited(Batches batches, Progress progress, RunReport look) throws Exception {
        return waited(batches, progress, look, Optional.empty());
    }

    /** @param asked longest time to wait; empty for the target's */
    int waited(Batches batches, Progress progress, RunReport look, Optional<Duration> asked) throws Exception {
        if (look.over() || batches.record(look.batch()).phase() == BatchRecord.Phase.COLLECTED) {
            return collected(batches, progress, look);
        }
        Duration timeout = asked.orElse(batches.record(look.batch()).target().timeout());
        boolean ends = batches.record(look.batch()).target() instanceof Target.Embedded;
        Duration waited = Duration.between(start, context.clock().instant());
        boolean queued = look.waiting().isPresent() && waited.compareTo(timeout) < 0;
        String why = look.run().isPresent()
                ? (queued
                                ? "stopped waiting as queue_timeout says"
                                : "stopped waiting after " + Amounts.duration(timeout))
                        + ", the run " + (look.waiting().isPresent() ? "has not begun" : "is not over")
                        + (ends ? " and is stopped with this process, its answers are kept" : "")
                : "the batch has no run that is known of";
        progress.say(why + "; go on with: ferry resume " + look.batch());
        return status(batches, progress, look);
    }

    /** Ends a command that wants all responses, or those of a run that is over; of one that goes on it takes none. */
    int collectedWhole(Batches batches, Progress progress, RunReport look) throws Exception {
        CollectedBatch collected = batches.collect(look.batch());
        if (collected.complete() || look.over()) {
            return collected(batches, progress, look, collected);
        }
        progress.say(Amounts.number(collected.requests() - collected.missingCount()) + " of "
                + Amounts.count(collected.requests(), "request")
                + " answered so far; take those with --partial, or wait"
                + " with: ferry resume " + look.batch());
        return status(batches, progress, look);
    }

    /** Ends a command that wants the responses, whatever became of the run. */
    int collected(Batches batches, Progress progress, RunReport look) throws Exception {
        return collected(batches, progress, look, batches.collect(look.batch()));
    }

    private int collected(Batches batches, Progress progress, RunReport look, CollectedBatch collected)
            throws Exception {
        boolean failures = collected.count(ResponseStatus.SUCCEEDED) + collected.missingCount() < collected.requests();
        ErrorCauses causes = failures ? ErrorCauses.of(collected.responses()) : ErrorCauses.none();
        int exitCode = ExitCodes.of(look, collected, causes.outOfMoney());
        if (exitCode == ExitCodes.FAILED) {
            FailureText.of(look).forEach(progress::say);
        }
        boolean none = collected.missingCount() == collected.requests();
        Optional<String> where = none ? Optional.empty() : Optional.of(put(collected));
        Duration elapsed = Duration.between(start, context.clock().instant());
        BatchOutcome.Results results = new BatchOutcome.Results(collected, where, elapsed);
        causes.lines().forEach(progress::say);
        if (!collected.complete()) {
            progress.say(Amounts.count(collected.missingCount(), "request") + " without a response"
                    + (look.over() ? "; start the run again with: " : " so far; go on with: ") + "ferry resume "
                    + look.batch());
        }
        print(progress, new BatchOutcome(batches.record(look.batch()), look, Optional.of(results), exitCode));
        return exitCode;
    }

    private String put(CollectedBatch collected) throws Exception {
        return place.take(collected.responses()).orElseGet(() -> context.shown(collected.responses()));
    }

    private void print(Progress progress, BatchOutcome outcome) {
        progress.clear();
        if (json) {
            printJson(BatchJson.of(outcome));
        } else {
            BatchText.of(outcome).forEach(report::println);
        }
        report.flush();
    }

    private void printJson(JsonNode node) {
        report.println(context.outIsTerminal() ? node.toPrettyString() : node.toString());
    }
}
