package io.github.batchferry.provider.batch;

import io.github.batchferry.wire.BatchId;

/**
 * A batch that is on its way.
 *
 * @param batch its id
 * @param attached whether it is an earlier, unfinished batch with the same requests, so that nothing new was dispatched
 */
public record Submitted(BatchId batch, boolean attached) {}
