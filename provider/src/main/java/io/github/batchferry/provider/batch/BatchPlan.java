package io.github.batchferry.provider.batch;

import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchId;
import java.util.Objects;
import java.util.Optional;

/**
 * What submitting requests would do.
 *
 * @param target where they would go
 * @param requests number of requests
 * @param cached those of them that the cache answers
 * @param bytes size of the requests that would be sent, one line each
 * @param inputTokens about how many tokens vendors would read: four bytes of a body for one
 * @param delivery how they would travel; empty if the cache answers all
 * @param jobs jobs among which they would be divided
 * @param underWay the unfinished batch with the same requests that would be gone on with instead
 */
public record BatchPlan(
        Target target,
        long requests,
        long cached,
        long bytes,
        long inputTokens,
        Optional<Delivered> delivery,
        int jobs,
        Optional<BatchId> underWay) {
    public BatchPlan {
        Objects.requireNonNull(target, "target is null");
        Objects.requireNonNull(delivery, "delivery is null");
        Objects.requireNonNull(underWay, "underWay is null");
    }

    /**
     * How requests travel.
     *
     * @param inline whether inside the dispatch; else on the requests branch
     * @param bytes what is uploaded, before any encoding: compressed requests inside a dispatch, else files
     * @param files files on the branch, 0 inside a dispatch
     */
    public record Delivered(boolean inline, long bytes, int files) {}
}
