package io.github.batchferry.github;

import java.util.Optional;

/**
 * An artifact that a run uploaded.
 *
 * @param id GitHub's number of it
 * @param name what the run called it
 * @param sha256 digest of its zip in hex, where the server tells it
 * @param expired whether its content is gone
 */
public record RunArtifact(long id, String name, Optional<String> sha256, boolean expired) {}
