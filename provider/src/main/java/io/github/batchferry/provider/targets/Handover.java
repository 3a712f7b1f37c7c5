package io.github.batchferry.provider.targets;

/**
 * How requests and responses change hands.
 *
 * @param resultsArtifact whether the responses come back as an artifact of the run instead of a branch
 * @param keepRequests whether the branch of the requests stays once all responses were collected
 */
public record Handover(boolean resultsArtifact, boolean keepRequests) {
    /** Responses on a branch; requests are removed when they are answered. */
    public static final Handover STANDARD = new Handover(false, false);
}
