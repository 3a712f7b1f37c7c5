package io.github.batchferry.runner.publish;

import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.Shard;
import java.util.List;
import java.util.Optional;

/** Says in each commit how far the batch is. Not thread-safe. */
public final class CommitMessages {
    private final BatchManifest manifest;
    private final Shard shard;

    // Mutable state
    private long responses;

    /**
     * @param shard which requests of the batch are meant
     * @param earlier responses that the branch holds already
     */
    public CommitMessages(BatchManifest manifest, Shard shard, long earlier) {
        this.manifest = manifest;
        this.shard = shard;
        this.responses = earlier;
    }

    /** Such as {@code batch 20260115-093000-k3p7qa: 1200 of 10000 responses}. */
    String of(List<ClosedPart> parts, Optional<BatchSummary> summary) {
        String start = "batch " + manifest.batchId() + (shard.isWhole() ? "" : ", " + shard) + ": ";
        return summary.map(s -> start + "all " + s.total() + " responses, "
                        + (s.total() - s.count(ResponseStatus.SUCCEEDED)) + " without success")
                .orElseGet(() -> start + (responses + lines(parts)) + " of " + shard.size(manifest.requestCount())
                        + " responses");
    }

    void pushed(List<ClosedPart> parts) {
        responses += lines(parts);
    }

    private static long lines(List<ClosedPart> parts) {
        return parts.stream().mapToLong(part -> part.part().lines()).sum();
    }
}
