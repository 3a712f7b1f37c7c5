package io.github.batchferry.wire.problem;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects every finding about an input so that a user mends it in one pass. The first hundred are kept in full, further
 * ones are only counted, so that a million bad lines fit in memory. Not thread-safe.
 */
public final class Problems {
    private static final int KEPT_IN_FULL = 100;

    private final List<Problem> kept = new ArrayList<>();
    private long count;

    /** Notes one finding. */
    public void add(Problem problem) {
        count++;
        if (kept.size() < KEPT_IN_FULL) {
            kept.add(problem);
        }
    }

    /** Notes one finding at a line (0 = the whole file) and JSON path (empty = none) of a file. */
    public void add(String file, long line, String path, String message) {
        add(new Problem(file, line, path, message));
    }

    /** How many findings were noted, including those that are no longer kept in full. */
    public long count() {
        return count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** The findings kept in full, at most a hundred, in the order in which they were noted. */
    public List<Problem> firstOnes() {
        return List.copyOf(kept);
    }

    /** Raises all findings at once if there are any. */
    public void throwIfAny() throws InvalidInputException {
        if (!isEmpty()) {
            throw new InvalidInputException(firstOnes(), count);
        }
    }
}
