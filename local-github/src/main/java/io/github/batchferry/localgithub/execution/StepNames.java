package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.Step;

/** Names of steps for people. */
final class StepNames {
    private StepNames() {}

    /** The step's {@code name}, or one made of what it does. */
    static String of(Step step, Contexts contexts) throws StepFailedException {
        if (step.settings().name().isPresent()) {
            return Evaluation.text(step.settings().name().get(), contexts);
        }
        return "Run "
                + (step instanceof Step.Uses uses ? uses.action().toString() : firstLine((Step.Run) step, contexts));
    }

    private static String firstLine(Step.Run step, Contexts contexts) throws StepFailedException {
        return Evaluation.text(step.script(), contexts)
                .strip()
                .lines()
                .findFirst()
                .orElse("");
    }

    /** The same before the step runs, when what it depends on may not be known yet. */
    static String foretold(Step step, Contexts contexts) {
        try {
            return of(step, contexts);
        } catch (StepFailedException e) {
            return step.settings().id().orElse("Run");
        }
    }
}
