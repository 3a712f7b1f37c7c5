package io.github.batchferry.localgithub.workflow;

import java.util.Set;
import java.util.TreeSet;

/** The ids of jobs, or of the steps of one job, each of which may be used once. */
final class Identifiers {
    private static final int SHORTER_THAN = 100;

    private final WorkflowProblems problems;
    // Mutable state
    private final Set<String> used = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    Identifiers(WorkflowProblems problems) {
        this.problems = problems;
    }

    /** Takes an id, or reports why it is none. */
    void use(String id, int line) {
        if (!id.matches("[A-Za-z_][A-Za-z0-9_-]*") || id.length() >= SHORTER_THAN) {
            problems.add(
                    line,
                    "`" + id + "` is not an id: expected fewer than " + SHORTER_THAN
                            + " letters, digits, `-` and `_`, and a letter or `_` in front");
        } else if (id.startsWith("__")) {
            problems.add(line, "`" + id + "` is not an id: `__` in front is reserved");
        } else if (!used.add(id)) {
            problems.add(line, "the id `" + id + "` is used more than once");
        }
    }
}
