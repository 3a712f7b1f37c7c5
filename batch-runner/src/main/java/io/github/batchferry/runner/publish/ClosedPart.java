package io.github.batchferry.runner.publish;

import io.github.batchferry.wire.BatchSummary;
import java.nio.file.Path;

/**
 * A file of responses that will not change any more.
 *
 * @param file where it lies
 * @param part its name on the results branch, its size and its digest
 */
public record ClosedPart(Path file, BatchSummary.Part part) {}
