package io.github.batchferry.provider.journal;

import io.github.batchferry.wire.BatchId;
import java.io.IOException;

/** Another client is writing to the same batch. */
public final class BatchInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    public BatchInUseException(BatchId batch) {
        super("batch `" + batch + "` is in use by another ferry process");
    }
}
