package io.github.batchferry.localgithub.execution.output;

import java.util.List;
import java.util.Map;

/** What a step can change by its words. Called on any thread. */
public interface StepEffects {
    /** Sets an output of the step. */
    void output(String name, String value);

    /** Keeps a value for the part of an action that runs after the job. */
    void state(String name, String value);

    /** Sets variables for later steps, and folders in which they search for programs first. */
    void learn(Map<String, String> variables, List<String> folders);

    /** Masks a value from now on. */
    void mask(String value);

    /** The step fails, however its process ends. */
    void fail();
}
