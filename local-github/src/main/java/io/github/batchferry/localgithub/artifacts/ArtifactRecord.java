package io.github.batchferry.localgithub.artifacts;

import io.github.batchferry.localgithub.store.RepositoryName;
import java.time.Instant;

/**
 * What is known of an artifact.
 *
 * @param id number that no other artifact ever has
 * @param runId run it belongs to
 * @param jobId job that uploaded it; null if no job did
 * @param attempt of the run, from 1
 * @param repository of the run
 * @param name unique in an attempt of a run
 * @param sizeInBytes of the zip
 * @param digest {@code sha256:} and the hexadecimal hash of the zip
 * @param createdAt when it was uploaded
 * @param expiresAt when its content goes
 * @param headBranch short name of the run's branch or tag
 * @param headSha the run's commit
 */
public record ArtifactRecord(
        long id,
        long runId,
        Long jobId,
        int attempt,
        RepositoryName repository,
        String name,
        long sizeInBytes,
        String digest,
        Instant createdAt,
        Instant expiresAt,
        String headBranch,
        String headSha) {
    /** Whether its content is gone; the record stays. */
    public boolean expired(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
