package io.github.batchferry.provider.batch;

import io.github.batchferry.provider.journal.KnownAnswers;
import io.github.batchferry.provider.journal.SentRequests;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchOptions;
import io.github.batchferry.wire.PromptsArtifact;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongFunction;

/** Says what submitting would do. Leaves nothing behind. */
final class Planning {
    /** Bytes of a body that make a token, as a rule of thumb over vendors and languages. */
    private static final int BYTES_OF_A_TOKEN = 4;

    private final CachedAnswers cache;

    Planning(CachedAnswers cache) {
        this.cache = cache;
    }

    /**
     * Plans a batch.
     *
     * @param requests found to be sound
     * @param whole the manifest that the batch would have
     * @param options how a number of requests would be answered
     * @param underWay the unfinished batch with the same requests
     */
    BatchPlan plan(
            CheckedRequests requests,
            BatchManifest whole,
            Target target,
            LongFunction<BatchOptions> options,
            Optional<BatchId> underWay)
            throws IOException {
        if (requests.keys().isEmpty()) {
            return plan(requests, Optional.of(new SentRequests(whole, requests.file())), target, underWay);
        }
        try (KnownAnswers use = cache.divide(requests, whole, options, true)) {
            Optional<SentRequests> sent =
                    use.cached().isEmpty() ? Optional.of(new SentRequests(whole, requests.file())) : use.rest();
            return plan(requests, sent, target, underWay);
        }
    }

    private static BatchPlan plan(
            CheckedRequests requests, Optional<SentRequests> sent, Target target, Optional<BatchId> underWay)
            throws IOException {
        Optional<BatchManifest> manifest = sent.map(SentRequests::manifest);
        long bytes = manifest.map(BatchManifest::requestsBytes).orElse(0L);
        long bodies = requests.bytes() == 0 ? 0 : Math.round((double) requests.bodyBytes() * bytes / requests.bytes());
        return new BatchPlan(
                target,
                requests.count(),
                requests.count() - manifest.map(BatchManifest::requestCount).orElse(0L),
                bytes,
                (bodies + BYTES_OF_A_TOKEN - 1) / BYTES_OF_A_TOKEN,
                sent.isPresent() ? Optional.of(delivery(sent.get(), target)) : Optional.empty(),
                manifest.map(known -> known.options().shards()).orElse(0),
                underWay);
    }

    private static BatchPlan.Delivered delivery(SentRequests sent, Target target) throws IOException {
        Optional<PromptsArtifact.Inline> inline = Delivery.inline(sent, target);
        return inline.isPresent()
                ? new BatchPlan.Delivered(true, inline.get().gzip().length, 0)
                : new BatchPlan.Delivered(
                        false,
                        sent.manifest().requestsBytes(),
                        RequestParts.of(sent.requests()).size());
    }
}
