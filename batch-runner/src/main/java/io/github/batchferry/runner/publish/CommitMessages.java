package io.github.batchferry.runner.publish;

import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.ResponseStatus;
import java.util.List;
import java.util.Optional;

/** Says in each commit how far the batch is. Not thread-safe. */
public final class CommitMessages {
    private final BatchManifest manifest;

    // Mutable state
    private long responses;

    /** @param earlier responses that the branch holds already */
    public CommitMessages(BatchManifest manifest, long earlier) {
        this.manifest = manifest;
        this.responses = earlier;
    }

    /** Such as {@code batch 20260115-093000-k3p7qa: 1200 of 10000 responses}. */
    String of(List<ClosedPart> parts, Optional<BatchSummary> summary) {
        String start = "batch " + manifest.batchId() + ": ";
        return summary.map(s -> start + "all " + s.total() + " responses, "
                        + (s.total() - s.count(ResponseStatus.SUCCEEDED)) + " without success")
                .orElseGet(() -> start + (responses + lines(parts)) + " of " + manifest.requestCount() + " responses");
    }

    void pushed(List<ClosedPart> parts) {
        responses += lines(parts);
    }

    private static long lines(List<ClosedPart> parts) {
        return parts.stream().mapToLong(part -> part.part().lines()).sum();
    }
}
