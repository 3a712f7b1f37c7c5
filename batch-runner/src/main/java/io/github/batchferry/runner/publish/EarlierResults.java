package io.github.batchferry.runner.publish;

import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.CustomId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What earlier attempts answered.
 *
 * @param tip commit of the branch on which responses are to be put; empty if there is no such branch
 * @param complete whether the results branch holds the summary of these very requests
 * @param parts files of responses, in order
 * @param answered requests with a response in them
 * @param nextPart lowest number no part has, nor any later one
 * @param startedAt when the first of the attempts began; empty if there was none, or it did not say
 */
public record EarlierResults(
        Optional<String> tip,
        boolean complete,
        List<BatchSummary.Part> parts,
        Set<CustomId> answered,
        int nextPart,
        Optional<Instant> startedAt) {
    public EarlierResults {
        parts = List.copyOf(parts);
    }
}
