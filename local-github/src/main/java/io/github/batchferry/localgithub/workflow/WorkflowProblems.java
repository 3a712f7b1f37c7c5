package io.github.batchferry.localgithub.workflow;

import java.util.ArrayList;
import java.util.List;

/** The problems of one workflow file, each with its place. Not thread-safe. */
final class WorkflowProblems {
    private final String path;

    // Mutable state
    private final List<String> problems = new ArrayList<>();

    WorkflowProblems(String path) {
        this.path = path;
    }

    void add(int line, String message) {
        problems.add(path + ":" + line + ": " + message);
    }

    void unsupported(int line, String what) {
        add(line, "the embedded GitHub does not support " + what + " yet");
    }

    void throwIfAny() throws InvalidWorkflowException {
        if (!problems.isEmpty()) {
            throw new InvalidWorkflowException(problems);
        }
    }
}
