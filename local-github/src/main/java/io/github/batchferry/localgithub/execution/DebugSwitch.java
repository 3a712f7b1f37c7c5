package io.github.batchferry.localgithub.execution;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/** The secret, or else the variable, that makes the steps of a job tell more; a re-run may ask for it as well. */
final class DebugSwitch {
    /** Names whose values are no secrets, though they may be kept as such. */
    static final Set<String> NAMES = Set.of("ACTIONS_STEP_DEBUG", "ACTIONS_RUNNER_DEBUG");

    private static final String NAME = "ACTIONS_STEP_DEBUG";

    private DebugSwitch() {}

    static boolean isOn(JobTask task) {
        String secret = task.secrets().get(NAME);
        return task.run().latest().debug()
                || "true".equalsIgnoreCase(secret == null ? variable(task.contexts()) : secret);
    }

    private static String variable(Map<String, JsonNode> contexts) {
        JsonNode variables = contexts.get("vars");
        return variables == null ? "" : variables.path(NAME).asText();
    }
}
