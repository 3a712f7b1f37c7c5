package io.github.batchferry.provider.batch;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.provider.journal.BatchJournal;
import io.github.batchferry.provider.journal.DamagedBatch;
import io.github.batchferry.provider.journal.Journal;
import io.github.batchferry.provider.journal.JournalListing;
import io.github.batchferry.provider.journal.LockedBatch;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Removes old batches: what the journal has of them and, where wanted, their branches. */
final class Pruning {
    private final Journal journal;

    Pruning(Journal journal) {
        this.journal = journal;
    }

    /** What would go; changes nothing. */
    PrunePlan plan(Instant before, boolean unfinished) throws IOException {
        JournalListing listing = journal.listing();
        List<BatchRecord> go = new ArrayList<>();
        int kept = 0;
        for (BatchJournal batch : listing.batches()) {
            BatchRecord record = BatchRecords.of(batch);
            if (record.manifest().createdAt().isBefore(before)) {
                boolean finished = record.phase() == BatchRecord.Phase.COLLECTED;
                if (finished || unfinished) {
                    go.add(record);
                } else {
                    kept++;
                }
            }
        }
        List<DamagedBatch> damaged = listing.damaged().stream()
                .filter(batch -> batch.id().time().isBefore(before))
                .toList();
        return unfinished ? new PrunePlan(go, damaged, kept) : new PrunePlan(go, List.of(), kept + damaged.size());
    }

    /** Deletes the branches of a batch that nobody uses just now; those that do not exist are left alone. */
    void removeBranches(BatchJournal batch, GitRemote git) throws GitException, IOException {
        try (LockedBatch locked = batch.lock()) {
            git.delete(new BranchName(BatchFiles.requestsBranch(batch.id())));
            git.delete(Results.branch(locked.journal()));
            for (BranchName shard : Results.shardBranches(locked.journal())) {
                git.delete(shard);
            }
        }
    }

    /** Removes what the journal has of a batch. */
    void remove(BatchId batch, Instant now) throws IOException {
        journal.sweep(now);
        journal.remove(batch);
    }
}
