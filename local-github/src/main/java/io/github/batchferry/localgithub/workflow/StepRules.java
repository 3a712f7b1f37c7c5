package io.github.batchferry.localgithub.workflow;

/**
 * What differs between the steps of a job and those of a composite action.
 *
 * @param run keys of a step that runs a script
 * @param uses keys of a step that uses an action
 * @param values what expressions of their values see
 * @param condition what their {@code if} sees
 * @param needsShell whether a script must say its shell, and may do so by an expression
 */
record StepRules(Keys run, Keys uses, Place values, Place condition, boolean needsShell) {
    private static final String[] NOT_HERE = {"background", "wait", "wait-all", "cancel", "parallel"};

    static final StepRules OF_JOB = new StepRules(
            Keys.of(
                            "a step with `run`",
                            "id",
                            "name",
                            "if",
                            "run",
                            "shell",
                            "working-directory",
                            "env",
                            "timeout-minutes",
                            "continue-on-error")
                    .butNot(NOT_HERE),
            Keys.of(
                            "a step with `uses`",
                            "id",
                            "name",
                            "if",
                            "uses",
                            "with",
                            "env",
                            "timeout-minutes",
                            "continue-on-error")
                    .butNot(NOT_HERE),
            Place.STEP,
            Place.STEP_IF,
            false);

    static final StepRules OF_ACTION = new StepRules(
            Keys.of(
                            "a step of an action with `run`",
                            "id",
                            "name",
                            "if",
                            "run",
                            "shell",
                            "working-directory",
                            "env",
                            "continue-on-error")
                    .butNot(NOT_HERE),
            Keys.of("a step of an action with `uses`", "id", "name", "if", "uses", "with", "env", "continue-on-error")
                    .butNot(NOT_HERE),
            Place.ACTION_STEP,
            Place.ACTION_STEP_IF,
            true);
}
