package io.github.batchferry.provider.batch;

import io.github.batchferry.wire.BatchId;

/** Not all responses of a batch were collected yet. */
public final class NotCollectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient BatchId batch;

    NotCollectedException(BatchId batch) {
        super("batch `" + batch + "` was not collected yet");
        this.batch = batch;
    }

    /** The batch. */
    public BatchId batch() {
        return batch;
    }
}
