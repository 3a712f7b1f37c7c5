package io.github.batchferry.localgithub.workflow;

import java.util.Map;
import java.util.Optional;

/** A step of a job or of a composite action. */
public sealed interface Step {
    /** What every step may say. */
    Settings settings();

    /**
     * What every step may say.
     *
     * @param id by which later steps know it; empty for none
     * @param name for people
     * @param condition whether it runs; empty for {@code success()}
     * @param env its own variables
     * @param timeoutMinutes after which it is stopped; empty for the job's
     * @param continueOnError whether the job goes on, and may succeed, when it fails; empty for false
     */
    record Settings(
            Optional<String> id,
            Optional<Template> name,
            Optional<Condition> condition,
            Map<String, Template> env,
            Optional<Template> timeoutMinutes,
            Optional<Template> continueOnError) {
        public Settings {
            env = Workflow.ordered(env);
        }
    }

    /**
     * Runs a script.
     *
     * @param script its text
     * @param shell how it is run; empty for the defaults
     * @param workingDirectory where, relative to the workspace; empty for the defaults
     */
    record Run(Settings settings, Template script, Optional<Template> shell, Optional<Template> workingDirectory)
            implements Step {}

    /**
     * Uses an action.
     *
     * @param action which one
     * @param with values for its inputs
     */
    record Uses(Settings settings, ActionReference action, Map<String, Template> with) implements Step {
        public Uses {
            with = Workflow.ordered(with);
        }
    }
}
