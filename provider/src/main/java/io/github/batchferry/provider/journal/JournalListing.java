package io.github.batchferry.provider.journal;

import java.util.List;

/**
 * The batches of a journal, newest first.
 *
 * @param batches those that can be read
 * @param damaged those that cannot
 */
public record JournalListing(List<BatchJournal> batches, List<DamagedBatch> damaged) {
    public JournalListing {
        batches = List.copyOf(batches);
        damaged = List.copyOf(damaged);
    }
}
