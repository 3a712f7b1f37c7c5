package io.github.batchferry.localgithub.execution.actions;

import io.github.batchferry.localgithub.artifacts.ArtifactOrigin;
import io.github.batchferry.localgithub.execution.output.StepLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The step that uses an emulated action. */
public interface ActionStep {
    /** The value of an input without white space around it; empty if there is none. */
    String input(String name);

    /** What GitHub tells about the run, by the name of its variable, such as {@code GITHUB_SHA}; empty if unknown. */
    String fact(String variable);

    /** The token of the job. */
    String token();

    /** The folder that the job works in. */
    Path workspace();

    /** A folder for files that are not needed after the job. */
    Path temp();

    /** The folder that {@code ~} stands for. */
    Path home();

    /** What artifacts of this job say of it. */
    ArtifactOrigin origin();

    /** For people. */
    StepLog log();

    /** Sets an output. */
    void output(String name, String value);

    /** Keeps a value for {@link EmulatedAction#post}. */
    void keep(String name, String value);

    /** A value that was kept; empty if there is none. */
    String state(String name);

    /** Masks a value from now on. */
    void mask(String value);

    /** The search path for programs of this step. */
    String searchPath();

    /**
     * Runs a bash script as a process of the step. It may set outputs as the script of any step.
     *
     * @param variables beside those of the step, whose place they take
     * @return its exit code
     * @throws io.github.batchferry.localgithub.execution.process.StoppedException if the step has to stop; nothing of the
     *     script is left then
     */
    int script(String text, Map<String, String> variables) throws IOException;

    /** @throws io.github.batchferry.localgithub.execution.process.StoppedException if the step has to stop */
    void check();
}
