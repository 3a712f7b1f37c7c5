package io.github.batchferry.provider.journal;

import io.github.batchferry.wire.BatchManifest;
import java.nio.file.Path;

/**
 * What of a batch travels to the runner: everything, or what a cache could not answer.
 *
 * @param manifest header of these requests; its batch id is the batch's
 * @param requests the request lines it describes, each ended by LF
 */
public record SentRequests(BatchManifest manifest, Path requests) {}
