package io.github.batchferry.provider.cli;

import io.github.batchferry.wire.BatchId;

/** Work on a batch that was already written down ended early; the cause says why, and the batch can be resumed. */
final class BatchStoppedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient BatchId batch;

    BatchStoppedException(BatchId batch, Exception cause) {
        super(cause.getMessage(), cause);
        this.batch = batch;
    }

    BatchId batch() {
        return batch;
    }
}
