package io.github.batchferry.localgithub.workflow;

import java.util.List;

/** A workflow file is broken, or asks for something the embedded GitHub does not support. */
public final class InvalidWorkflowException extends Exception {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /** @param problems every problem found, each beginning with {@code path:line:} */
    public InvalidWorkflowException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, in the order of its lines, each beginning with {@code path:line:}. */
    public List<String> problems() {
        return problems;
    }
}
