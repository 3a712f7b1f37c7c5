package io.github.batchferry.runner.publish;

import io.github.batchferry.runner.tally.Tally;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.Shard;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Where responses come from, for the summary and the progress.
 *
 * @param shard which requests of the batch are answered here
 * @param runId GitHub's number of the run
 * @param runAttempt which attempt of the run this is
 * @param continuation how many runs of the batch the workflow had started by itself before this one
 * @param runner program and version
 * @param startedAt when the first attempt of all runs of the batch began, as far as is known
 */
public record Origin(
        BatchManifest manifest,
        Shard shard,
        long runId,
        int runAttempt,
        int continuation,
        String runner,
        Instant startedAt) {
    /** Number of requests to be answered here. */
    public long requests() {
        return shard.size(manifest.requestCount());
    }

    /** The summary of a complete batch. */
    public BatchSummary summary(Tally tally, List<BatchSummary.Part> parts, Instant finishedAt) {
        return new BatchSummary(
                manifest.batchId(),
                manifest.requestsSha256(),
                tally.counts(),
                parts,
                tally.usage(),
                tally.costUsd(),
                startedAt.truncatedTo(ChronoUnit.MILLIS),
                finishedAt.truncatedTo(ChronoUnit.MILLIS),
                runId,
                runAttempt,
                runner,
                tally.accounts());
    }
}
