package io.github.batchferry.provider.cli.output;

import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.batch.BatchRecord;
import io.github.batchferry.provider.batch.CollectedBatch;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.ResponseStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A batch as a small table for people: one fact a line, its name first. */
public final class BatchText {
    private static final int SHORT_COMMIT = 12;
    private static final int NAMED_IDS = 10;

    private final Table table = new Table();

    private BatchText() {}

    /** The lines of the table. */
    public static List<String> of(BatchOutcome outcome) {
        BatchText text = new BatchText();
        text.addBatch(outcome);
        outcome.results().ifPresent(results -> text.addResults(outcome.record(), results));
        return text.table.aligned();
    }

    /** How far a batch is, in words: the run's state where there is one, else what the client did last. */
    public static String state(BatchRecord.Phase phase, Optional<WorkflowRun> run) {
        return run.map(BatchText::state).orElseGet(() -> words(phase.name().toLowerCase(Locale.ROOT)));
    }

    private static String state(WorkflowRun run) {
        return words(run.status())
                + run.conclusion().map(word -> ": " + words(word)).orElse("");
    }

    private void addBatch(BatchOutcome outcome) {
        BatchRecord batch = outcome.record();
        table.row("batch", batch.manifest().batchId().toString());
        table.row("target", batch.target().name());
        Optional<WorkflowRun> run = outcome.report().run();
        String state = state(batch.phase(), run);
        table.row("run", place(batch, run).map(place -> state + ", " + place).orElse(state));
        table.row("requests", Amounts.number(batch.manifest().requestCount()));
    }

    /** Where to look at the run: the embedded GitHub ends with this process, so its address would lead nowhere. */
    private static Optional<String> place(BatchRecord batch, Optional<WorkflowRun> run) {
        if (batch.target() instanceof Target.Embedded) {
            OptionalLong id = run.isPresent() ? OptionalLong.of(run.get().id()) : batch.runId();
            return id.isPresent() ? Optional.of("run " + id.getAsLong() + " of the embedded GitHub") : Optional.empty();
        }
        return run.map(known -> known.htmlUrl().toString()).or(batch::runUrl).map(Printable::line);
    }

    private void addResults(BatchRecord batch, BatchOutcome.Results results) {
        CollectedBatch collected = results.collected();
        addCounts(collected);
        table.row("tokens", CostText.tokens(collected));
        CostText.cost(collected).ifPresent(cost -> table.row("cost", cost));
        table.row("time", time(collected, results.elapsed()));
        table.row("responses", results.place().orElse("none"));
        table.row(
                "branch",
                collected
                        .commit()
                        .map(commit -> collected.branch() + " of " + repository(batch.target()) + " at "
                                + commit.substring(0, Math.min(SHORT_COMMIT, commit.length())))
                        .orElse("none"));
    }

    private void addCounts(CollectedBatch collected) {
        for (ResponseStatus status : ResponseStatus.values()) {
            long count = collected.count(status);
            boolean usual = status == ResponseStatus.SUCCEEDED || status == ResponseStatus.ERRORED;
            if (usual || count > 0) {
                table.row(status.toString(), Amounts.number(count));
            }
        }
        if (collected.missingCount() > 0) {
            table.row(
                    "missing",
                    Amounts.number(collected.missingCount()) + named(collected.missing(), collected.missingCount()));
        }
        addIds("duplicate", collected.duplicates());
        addIds("unknown", collected.unknown());
    }

    private void addIds(String name, List<CustomId> ids) {
        if (!ids.isEmpty()) {
            table.row(name, Amounts.number(ids.size()) + named(ids, ids.size()));
        }
    }

    private static String time(CollectedBatch collected, Duration elapsed) {
        String here = Amounts.duration(elapsed);
        return collected
                .summary()
                .map(summary -> Amounts.duration(Duration.between(summary.startedAt(), summary.finishedAt()))
                        + " on the runner, " + here + " in all")
                .orElse(here);
    }

    private static String named(List<CustomId> ids, long all) {
        String some = ids.stream()
                .limit(NAMED_IDS)
                .map(id -> Printable.line(id.value()))
                .collect(Collectors.joining(", "));
        return ": " + some + (all > NAMED_IDS ? ", …" : "");
    }

    private static String repository(Target target) {
        return target instanceof Target.GitHubActions github
                ? github.repository().toString()
                : "the embedded GitHub";
    }

    private static String words(String word) {
        return Printable.line(word.replace('_', ' '));
    }
}
