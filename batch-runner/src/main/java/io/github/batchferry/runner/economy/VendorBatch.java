package io.github.batchferry.runner.economy;

import io.github.batchferry.wire.ResponseLine;
import java.util.List;

/**
 * A vendor's batch as it was when somebody looked.
 *
 * @param end how it ended, or that it did not
 * @param results where its results lie, paths below the vendor's base URL; there may be some of one that ended badly, too
 * @param problems why the vendor refused it as a whole
 * @param done requests that are settled, as far as the vendor counts them
 */
record VendorBatch(End end, List<String> results, List<ResponseLine.Failure> problems, long done) {
    private static final String TOKEN_LIMIT = "token_limit_exceeded";

    /** How a vendor's batch ended. */
    enum End {
        /** Not yet. */
        NOT_YET,
        /** All requests are settled. */
        COMPLETED,
        /** Time was up before all were answered. */
        EXPIRED,
        /** Somebody cancelled it. */
        CANCELLED,
        /** The vendor refused the whole batch. */
        FAILED
    }

    VendorBatch {
        results = List.copyOf(results);
        problems = List.copyOf(problems);
    }

    /** Whether the vendor took nothing because too many tokens are waiting at it; later it may take them. */
    boolean isOverQueueLimit() {
        return end == End.FAILED
                && !problems.isEmpty()
                && problems.stream().allMatch(problem -> problem.code().equals(TOKEN_LIMIT));
    }
}
