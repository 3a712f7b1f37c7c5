package io.github.batchferry.localgithub.execution.actions;

import java.io.IOException;
import java.util.Map;

/** A published action that is part of the embedded GitHub. Thread-safe. */
public interface EmulatedAction {
    /** What inputs have that a step leaves out, by their names in lower case. */
    Map<String, String> defaults(ActionStep step);

    /**
     * Does what the action is for.
     *
     * @throws ActionFailedException if it cannot
     * @throws io.github.batchferry.localgithub.execution.process.StoppedException if the step has to stop
     */
    void run(ActionStep step) throws IOException, ActionFailedException;

    /** Whether there is something left to do once the steps of the job are over. */
    default boolean hasPost() {
        return false;
    }

    /** Does that; {@link ActionStep#state} holds what {@link #run} kept. */
    default void post(ActionStep step) throws IOException, ActionFailedException {}
}
