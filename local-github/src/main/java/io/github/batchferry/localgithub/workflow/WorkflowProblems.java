package io.github.batchferry.localgithub.workflow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The problems of one file, each with its place. Not thread-safe. */
final class WorkflowProblems {
    private final String path;

    // Mutable state
    private final List<Problem> problems = new ArrayList<>();

    private record Problem(int line, String message) {}

    WorkflowProblems(String path) {
        this.path = path;
    }

    void add(int line, String message) {
        Problem problem = new Problem(line, message);
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    void unsupported(int line, String what) {
        add(line, "the embedded GitHub does not support " + what + " yet");
    }

    void throwIfAny() throws InvalidWorkflowException {
        if (!problems.isEmpty()) {
            throw new InvalidWorkflowException(problems.stream()
                    .sorted(Comparator.comparingInt(Problem::line))
                    .map(problem -> path + ":" + problem.line() + ": " + problem.message())
                    .toList());
        }
    }
}
