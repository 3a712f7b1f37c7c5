package io.github.batchferry.provider.batch;

import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.TokenUsage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was collected of a batch.
 *
 * @param batch the batch
 * @param requests number of requests of the batch
 * @param counts responses per status
 * @param usage tokens of all responses together
 * @param summary the runner's summary; empty if the results are not complete yet
 * @param responses file of response lines in request order; one line for every request that has a response
 * @param missing requests without a response, the first hundred
 * @param missingCount number of requests without a response
 * @param duplicates custom ids that were answered more than once, the first hundred; the first answer counts
 * @param unknown custom ids that were answered but not asked, the first hundred
 * @param commit commit of the results branch, 40 hex digits; empty if there is no such branch yet
 * @param branch name of the results branch
 */
public record CollectedBatch(
        BatchId batch,
        long requests,
        Map<ResponseStatus, Long> counts,
        TokenUsage usage,
        Optional<BatchSummary> summary,
        Path responses,
        List<CustomId> missing,
        long missingCount,
        List<CustomId> duplicates,
        List<CustomId> unknown,
        Optional<String> commit,
        String branch) {
    public CollectedBatch {
        counts = Map.copyOf(counts);
        missing = List.copyOf(missing);
        duplicates = List.copyOf(duplicates);
        unknown = List.copyOf(unknown);
    }

    /** Whether every request has its response. */
    public boolean complete() {
        return missingCount == 0;
    }

    /** Number of responses with a status. */
    public long count(ResponseStatus status) {
        return counts.getOrDefault(status, 0L);
    }

    /** Whether every request succeeded. */
    public boolean allSucceeded() {
        return complete() && count(ResponseStatus.SUCCEEDED) == requests;
    }
}
