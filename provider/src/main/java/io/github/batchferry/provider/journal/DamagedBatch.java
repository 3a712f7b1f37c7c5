package io.github.batchferry.provider.journal;

import io.github.batchferry.wire.BatchId;
import java.nio.file.Path;

/**
 * A batch whose folder cannot be read.
 *
 * @param id its name, which is that of its folder
 * @param directory its folder
 * @param reason what is wrong with which file, and what to do
 */
public record DamagedBatch(BatchId id, Path directory, String reason) {}
