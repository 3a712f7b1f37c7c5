package io.github.batchferry.provider.batch;

import io.github.batchferry.provider.journal.BatchJournal;
import io.github.batchferry.provider.journal.Journal;
import io.github.batchferry.provider.journal.KnownAnswers;
import io.github.batchferry.provider.targets.Spread;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/** Writes new batches down: gives them their name, and what they have already from the cache or the batch that they retry. */
final class Preparation {
    private final Journal journal;
    private final Clock clock;
    private final RandomGenerator random;
    private final String client;
    private final CachedAnswers cache;
    private final Retry retry;
    private final BatchListener listener;

    /** @param client program and version, for the manifest */
    Preparation(
            Journal journal,
            Clock clock,
            RandomGenerator random,
            String client,
            CachedAnswers cache,
            Retry retry,
            BatchListener listener) {
        this.journal = journal;
        this.clock = clock;
        this.random = random;
        this.client = client;
        this.cache = cache;
        this.retry = retry;
        this.listener = listener;
    }

    /** Writes down a batch with requests that were checked. */
    BatchJournal fresh(CheckedRequests requests, Target target, Submission how) throws IOException {
        BatchManifest manifest = manifest(requests, target, how);
        BatchJournal batch = how.cache()
                ? cached(requests, manifest, target, how)
                : journal.create(manifest, target, requests.file(), manifest.createdAt());
        listener.prepared(batch.id(), requests.count());
        if (batch.cached().isPresent()) {
            long sent = batch.sent().map(rest -> rest.manifest().requestCount()).orElse(0L);
            listener.answeredFromCache(batch.id(), requests.count() - sent, requests.count());
        }
        return batch;
    }

    /** The manifest of a batch that is not written down yet. */
    BatchManifest manifest(CheckedRequests requests, Target target, Submission how) throws IOException {
        Instant now = clock.instant();
        return new BatchManifest(
                unusedId(now),
                now,
                requests.count(),
                requests.bytes(),
                requests.sha256(),
                target.vendor(),
                client,
                options(how.options(), target, requests.count()));
    }

    /** How a number of requests is answered: fewer may make fewer shards. */
    static LongFunction<BatchOptions> options(Submission how, Target target) {
        return count -> options(how.options(), target, count);
    }

    private BatchJournal cached(CheckedRequests requests, BatchManifest manifest, Target target, Submission how)
            throws IOException {
        try (KnownAnswers use = cache.divide(requests, manifest, options(how, target), !how.fresh())) {
            return journal.create(
                    manifest, target, requests.file(), Optional.of(use), Optional.empty(), clock.instant());
        }
    }

    /**
     * Writes down a batch that asks once more what another has no success for.
     *
     * @param source over, with all its responses in the journal
     * @param maxCostUsd budget in US dollars; empty for that of the target
     * @return empty if every request has succeeded
     */
    Optional<BatchJournal> retry(BatchJournal source, Optional<BigDecimal> maxCostUsd) throws IOException {
        Target target = maxCostUsd.isPresent() ? source.target().withMaxCostUsd(maxCostUsd.get()) : source.target();
        BatchOptions asked =
                BatchOptions.STANDARD.withEconomy(source.manifest().options().economy());
        Instant now = clock.instant();
        BatchManifest old = source.manifest();
        BatchManifest manifest = new BatchManifest(
                unusedId(now),
                now,
                old.requestCount(),
                old.requestsBytes(),
                old.requestsSha256(),
                old.vendor(),
                client,
                options(asked, target, old.requestCount()));
        Optional<BatchJournal> batch =
                retry.prepare(source, manifest, target, count -> options(asked, target, count), now);
        if (batch.isPresent()) {
            listener.prepared(
                    batch.get().id(),
                    batch.get().written().orElseThrow().manifest().requestCount());
        }
        return batch;
    }

    private static BatchOptions options(BatchOptions asked, Target target, long requests) {
        Spread spread = target.spread();
        // a vendor's own batches are not made faster by more jobs
        int shards = asked.economy() ? 1 : spread.shardsFor(requests);
        // nor can they keep a budget
        Optional<BigDecimal> budget = asked.economy() ? Optional.empty() : target.maxCostUsd();
        return new BatchOptions(budget, asked.economy(), shards, spread.continuation(), asked.cancel());
    }

    private BatchId unusedId(Instant now) throws IOException {
        BatchId id = BatchId.create(now, random);
        while (journal.find(id).isPresent()) {
            id = BatchId.create(now, random);
        }
        return id;
    }
}
