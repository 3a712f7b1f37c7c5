package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.workflow.ActionReference;
import io.github.batchferry.localgithub.workflow.Step;
import io.github.batchferry.localgithub.workflow.Workflow;

/** Finds what a step does. */
final class StepBodies {
    private final Workflow.Defaults defaults;

    private StepBodies(Workflow.Defaults defaults) {
        this.defaults = defaults;
    }

    /** For the steps of a job, which may have defaults. */
    static StepBodies ofJob(JobTask task) {
        return new StepBodies(task.steps().defaults().over(task.workflow().defaults()));
    }

    /** For the steps of a composite action, which have none. */
    static StepBodies ofAction() {
        return new StepBodies(Workflow.Defaults.NONE);
    }

    StepBody of(Step step) {
        if (step instanceof Step.Run run) {
            return new ScriptStep(run, defaults);
        }
        Step.Uses uses = (Step.Uses) step;
        return uses.action() instanceof ActionReference.Local local
                ? new CompositeStep(uses, local)
                : new EmulatedStep(uses, (ActionReference.Published) uses.action());
    }
}
