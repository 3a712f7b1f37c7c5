package io.github.batchferry.runner.publish;

import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.CustomId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the results branch holds already.
 *
 * @param tip its commit; empty if there is no branch
 * @param complete whether it holds the summary of these very requests
 * @param parts its files of responses, in order
 * @param answered requests with a response in them
 * @param nextPart lowest number no part has, nor any later one
 */
public record EarlierResults(
        Optional<String> tip, boolean complete, List<BatchSummary.Part> parts, Set<CustomId> answered, int nextPart) {
    public EarlierResults {
        parts = List.copyOf(parts);
    }

    /** There is no branch. */
    static EarlierResults none() {
        return new EarlierResults(Optional.empty(), false, List.of(), Set.of(), 0);
    }
}
