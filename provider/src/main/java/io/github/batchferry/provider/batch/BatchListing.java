package io.github.batchferry.provider.batch;

import io.github.batchferry.provider.journal.DamagedBatch;
import java.util.List;

/**
 * The batches of a journal, newest first.
 *
 * @param batches those that can be read
 * @param damaged those that cannot, with the reason
 */
public record BatchListing(List<BatchRecord> batches, List<DamagedBatch> damaged) {
    public BatchListing {
        batches = List.copyOf(batches);
        damaged = List.copyOf(damaged);
    }
}
