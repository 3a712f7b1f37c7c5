package io.github.batchferry.provider.batch;

import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchManifest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the journal knows of a batch.
 *
 * @param manifest its header
 * @param target where it was sent
 * @param phase how far the client has come
 * @param runId GitHub's number of the run, once known
 * @param runUrl the run's page for people, once known
 * @param responses the collected responses, once there
 * @param directory the batch's folder in the journal
 */
public record BatchRecord(
        BatchManifest manifest,
        Target target,
        Phase phase,
        OptionalLong runId,
        Optional<String> runUrl,
        Optional<Path> responses,
        Path directory) {
    /** How far the client has come with a batch. */
    public enum Phase {
        /** Written down; nothing was sent. */
        PREPARED,
        /** The requests are where the runner can read them. */
        DELIVERED,
        /** The dispatch was about to be sent; whether it arrived is not known. */
        DISPATCHING,
        /** GitHub took the dispatch. */
        DISPATCHED,
        /** One response for every request was collected. */
        COLLECTED
    }
}
