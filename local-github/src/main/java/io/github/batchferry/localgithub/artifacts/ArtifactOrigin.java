package io.github.batchferry.localgithub.artifacts;

import io.github.batchferry.localgithub.store.RepositoryName;

/**
 * Where an artifact comes from.
 *
 * @param repository of the run
 * @param runId of the run
 * @param jobId of the job that uploaded it; null if no job did
 * @param attempt of the run, from 1; a name is taken once for each attempt
 * @param headBranch short name of the run's branch or tag
 * @param headSha the run's commit
 */
public record ArtifactOrigin(
        RepositoryName repository, long runId, Long jobId, int attempt, String headBranch, String headSha) {}
