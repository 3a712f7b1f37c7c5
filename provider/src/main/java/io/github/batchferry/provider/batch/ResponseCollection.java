package io.github.batchferry.provider.batch;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.journal.BatchJournal;
import io.github.batchferry.provider.journal.JournalEvent;
import io.github.batchferry.provider.journal.JournalEvent.Collected;
import io.github.batchferry.provider.journal.LockedBatch;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.CommitSha;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The step collect: joins the responses of the results branch to the requests and writes them into the journal. */
final class ResponseCollection {
    private final Clock clock;
    private final Results results;
    private final CachedAnswers cache;
    private final BatchListener listener;

    ResponseCollection(Clock clock, Results results, CachedAnswers cache, BatchListener listener) {
        this.clock = clock;
        this.results = results;
        this.cache = cache;
        this.listener = listener;
    }

    /** What was collected before, read from the journal; empty if not everything was, or the file is gone. */
    Optional<CollectedBatch> earlier(LockedBatch batch) throws IOException {
        Optional<Collected> event = batch.progress().collected();
        if (event.isEmpty()) {
            return Optional.empty();
        }
        try (ResponseJoin join = ResponseJoin.over(batch.journal())) {
            readKept(batch.journal(), join);
            Optional<String> commit = event.get().commit().map(CommitSha::value);
            Findings findings =
                    new Findings(event.get().duplicates(), event.get().unknown());
            return Optional.of(outcome(batch.journal(), join, batch.journal().summary(), commit, findings))
                    .filter(CollectedBatch::complete);
        }
    }

    /**
     * Collects what the results branch holds now.
     *
     * @param promised the run if it succeeded, so that complete results are worth a wait
     */
    CollectedBatch enter(LockedBatch batch, GitRemote git, Optional<WorkflowRun> promised)
            throws GitException, IOException, InterruptedException {
        CollectedBatch collected;
        Sha256 written;
        Optional<BranchSnapshot> branch = results.fetch(batch.journal(), git, promised);
        try (ResponseJoin join = ResponseJoin.over(batch.journal())) {
            Optional<BatchSummary> summary = branch.isPresent()
                    ? fromBranch(batch.journal(), branch.get(), join)
                    : withoutBranch(batch.journal(), join);
            written = join.writeTo(batch.journal().responses());
            Optional<String> commit = branch.map(BranchSnapshot::commit);
            collected = outcome(batch.journal(), join, summary, commit, Findings.of(join));
        } finally {
            if (branch.isPresent()) {
                branch.get().close();
            }
        }
        listener.collected(batch.journal().id(), collected.requests() - collected.missingCount());
        if (collected.complete()) {
            finish(batch, collected, written, git);
        }
        return collected;
    }

    /** Finishes a batch that had every answer from the cache, so that there is no run; does nothing the second time. */
    void withoutRun(LockedBatch batch) throws IOException {
        if (batch.progress().collected().isPresent()) {
            return;
        }
        Sha256 written;
        try (ResponseJoin join = ResponseJoin.over(batch.journal())) {
            withoutBranch(batch.journal(), join);
            written = join.writeTo(batch.journal().responses());
        }
        batch.append(new Collected(clock.instant(), Optional.empty(), List.of(), List.of(), Optional.of(written)));
        listener.collected(batch.journal().id(), batch.journal().manifest().requestCount());
    }

    private static Optional<BatchSummary> fromBranch(BatchJournal batch, BranchSnapshot branch, ResponseJoin join)
            throws IOException {
        ResponseParts parts = new ResponseParts(Results.branch(batch).value(), branch::open);
        Optional<BatchSummary> summary = Optional.empty();
        if (Results.complete(branch)) {
            summary = Optional.of(parts.summary(batch.sent().orElseThrow().manifest()));
            parts.readVerified(summary.get(), join);
        } else {
            parts.readUnverified(branch.paths(), join);
        }
        // a branch that was deleted and begun anew may hold less than was collected before, and that was paid for
        readKept(batch, join);
        batch.keep(summary);
        return summary;
    }

    /** A branch that is not there yet has no responses; of one that was deleted the client still has what it collected. */
    private static Optional<BatchSummary> withoutBranch(BatchJournal batch, ResponseJoin join) throws IOException {
        readKept(batch, join);
        return batch.summary();
    }

    private static void readKept(BatchJournal batch, ResponseJoin join) throws IOException {
        if (join.reconciliation().missingCount() > 0 && Files.exists(batch.responses())) {
            ResponseParts.readKept(batch.responses(), join);
        }
        if (batch.cached().isPresent()) {
            ResponseParts.readKept(batch.cached().get(), join);
        }
    }

    private void finish(LockedBatch batch, CollectedBatch collected, Sha256 written, GitRemote git) throws IOException {
        keepInCache(batch.journal());
        batch.append(new Collected(
                clock.instant(),
                collected.commit().map(CommitSha::new),
                collected.duplicates(),
                collected.unknown(),
                Optional.of(written)));
        boolean kept = batch.progress().prepared().target().handover().keepRequests();
        if (!kept
                && batch.progress()
                        .delivered()
                        .flatMap(JournalEvent.Delivered::commit)
                        .isPresent()) {
            deleteRequests(batch.journal(), git);
        }
    }

    private void keepInCache(BatchJournal batch) {
        try {
            cache.keep(batch);
        } catch (IOException e) {
            listener.notKeptInCache(batch.id(), e.getMessage());
        }
    }

    private static void deleteRequests(BatchJournal batch, GitRemote git) {
        try {
            git.delete(new BranchName(BatchFiles.requestsBranch(batch.id())));
        } catch (GitException e) {
            // the branch is only litter now; the responses are here, which is what counts
        }
    }

    private static CollectedBatch outcome(
            BatchJournal batch,
            ResponseJoin join,
            Optional<BatchSummary> summary,
            Optional<String> commit,
            Findings findings)
            throws IOException {
        return new CollectedBatch(
                batch.id(),
                batch.manifest().requestCount(),
                join.counts(),
                join.usage(),
                summary,
                batch.responses(),
                join.reconciliation().missing(),
                join.reconciliation().missingCount(),
                findings.duplicates(),
                findings.unknown(),
                commit,
                Results.branch(batch).value());
    }

    /** Responses that did not fit. */
    private record Findings(List<CustomId> duplicates, List<CustomId> unknown) {
        static Findings of(ResponseJoin join) {
            return new Findings(
                    join.reconciliation().duplicates(), join.reconciliation().unknown());
        }
    }
}
