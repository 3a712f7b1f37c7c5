package io.github.batchferry.provider.batch;

import io.github.batchferry.wire.BatchId;
import java.nio.file.Path;

/** The journal knows no batch of that id. */
public final class NoSuchBatchException extends Exception {
    private static final long serialVersionUID = 1L;

    public NoSuchBatchException(BatchId batch, Path journal) {
        super("no batch `" + batch + "` in " + journal);
    }
}
