package io.github.batchferry.provider.batch;

import io.github.batchferry.provider.journal.DamagedBatch;
import java.util.List;

/**
 * Which old batches are to be removed.
 *
 * @param batches those, newest first
 * @param damaged those among them that cannot be read, newest first
 * @param unfinished how many are as old and stay, because not all their responses were collected
 */
public record PrunePlan(List<BatchRecord> batches, List<DamagedBatch> damaged, int unfinished) {
    public PrunePlan {
        batches = List.copyOf(batches);
        damaged = List.copyOf(damaged);
    }
}
