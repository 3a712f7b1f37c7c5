package io.github.batchferry.localgithub.rest.pulls;

import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.Proposal;
import java.io.IOException;

/**
 * Whether a pull request can be merged.
 *
 * @param mergeable null once it is closed
 * @param state GitHub's word: clean, dirty if its changes contradict the base's, draft, or unknown once it is closed
 */
record Mergeability(Boolean mergeable, String state) {
    static Mergeability of(Issue issue, Proposal proposal) throws IOException {
        if (!issue.open()) {
            return new Mergeability(null, "unknown");
        }
        boolean mergeable = proposal.mergedTree().isPresent();
        if (!mergeable) {
            return new Mergeability(false, "dirty");
        }
        return new Mergeability(true, issue.pull().draft() ? "draft" : "clean");
    }
}
