package io.github.batchferry.provider.batch;

import io.github.batchferry.wire.BatchId;

/** A batch of which nothing can be asked once more, now or at all. */
public final class NotRetriableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient BatchId batch;
    private final boolean over;

    private NotRetriableException(String message, BatchId batch, boolean over) {
        super(message);
        this.batch = batch;
        this.over = over;
    }

    static NotRetriableException notOver(BatchId batch) {
        return new NotRetriableException("batch `" + batch + "` is not over", batch, false);
    }

    static NotRetriableException budgetInEconomy(BatchId batch) {
        return new NotRetriableException(
                "batch `" + batch
                        + "` goes through vendors' own batch APIs, which cannot keep a budget: leave out --max-cost",
                batch,
                true);
    }

    static NotRetriableException allSucceeded(BatchId batch) {
        return new NotRetriableException("every request of batch `" + batch + "` succeeded", batch, true);
    }

    /** The batch, which may be a retry of the one that was asked for. */
    public BatchId batch() {
        return batch;
    }

    /** Whether it is over, so that waiting does not help; else it is to be waited for. */
    public boolean over() {
        return over;
    }
}
