package io.github.batchferry.provider.batch;

import io.github.batchferry.provider.batch.BatchRecord.Phase;
import io.github.batchferry.provider.journal.BatchJournal;
import io.github.batchferry.provider.journal.BatchProgress;
import io.github.batchferry.provider.journal.JournalEvent.Dispatched;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.OptionalLong;

/** Says what the journal of a batch amounts to. */
final class BatchRecords {
    private BatchRecords() {}

    static BatchRecord of(BatchJournal batch) throws IOException {
        BatchProgress progress = batch.progress();
        return new BatchRecord(
                batch.manifest(),
                progress.prepared().target(),
                phase(progress),
                progress.dispatched().map(Dispatched::runId).orElse(OptionalLong.empty()),
                progress.dispatched().flatMap(Dispatched::runUrl),
                Optional.of(batch.responses()).filter(Files::exists),
                batch.directory());
    }

    private static Phase phase(BatchProgress progress) {
        if (progress.collected().isPresent()) {
            return Phase.COLLECTED;
        }
        if (progress.dispatched().isPresent()) {
            return Phase.DISPATCHED;
        }
        if (progress.dispatching().isPresent()) {
            return Phase.DISPATCHING;
        }
        return progress.delivered().isPresent() ? Phase.DELIVERED : Phase.PREPARED;
    }
}
