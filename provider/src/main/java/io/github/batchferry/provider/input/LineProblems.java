package io.github.batchferry.provider.input;

import io.github.batchferry.wire.problem.Problem;
import io.github.batchferry.wire.problem.Problems;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Findings about one line after the other, on their way to those of the whole input. Who finds them sees the line or the
 * request that it became; the user is told where they stand in the file.
 */
final class LineProblems {
    private final Problems found = new Problems();
    private final Problems all;

    // Mutable state
    private long moved;

    LineProblems(Problems all) {
        this.all = all;
    }

    /** Where findings go. */
    Problems found() {
        return found;
    }

    /** Moves what was found since the last time. */
    void move(UnaryOperator<String> place) {
        if (moved == found.count()) {
            return;
        }
        List<Problem> kept = found.firstOnes();
        for (; moved < found.count(); moved++) {
            // beyond the first hundred only the number matters, here and there
            Problem problem = kept.get((int) Math.min(moved, kept.size() - 1L));
            all.add(problem.file(), problem.line(), place.apply(problem.path()), problem.message());
        }
    }
}
