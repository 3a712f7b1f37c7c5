package io.github.batchferry.localgithub.scheduling;

import io.github.batchferry.localgithub.scheduling.plan.JobResult;
import io.github.batchferry.localgithub.store.Conclusion;

/** How a run ended, by how its jobs did. */
final class RunVerdict {
    private RunVerdict() {}

    /** The conclusion of a run whose jobs are all over. */
    static Conclusion of(WorkflowFrame root) {
        return switch (root.result()) {
            case SUCCESS -> Conclusion.SUCCESS;
            case CANCELLED -> Conclusion.CANCELLED;
            case SKIPPED -> Conclusion.SKIPPED;
            case FAILURE -> onlyTimeOuts(root) ? Conclusion.TIMED_OUT : Conclusion.FAILURE;
        };
    }

    private static boolean onlyTimeOuts(WorkflowFrame frame) {
        return frame.jobs().stream()
                .filter(node -> node.result() == JobResult.FAILURE)
                .allMatch(node -> !node.legs().isEmpty()
                        && node.legs().stream()
                                .filter(leg -> leg.result() == JobResult.FAILURE)
                                .allMatch(RunVerdict::timedOut));
    }

    private static boolean timedOut(JobLeg leg) {
        return leg.called() == null ? leg.conclusion() == Conclusion.TIMED_OUT : onlyTimeOuts(leg.called());
    }
}
