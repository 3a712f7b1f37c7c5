package io.github.batchferry.localgithub.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the steps of a composite action get of it.
 *
 * @param folder of its {@code action.yml}
 * @param inputs the context {@code inputs}
 * @param env variables of the step that uses it, and of those around that one
 * @param depth 1 for an action of the job itself
 */
record ActionFrame(Path folder, ObjectNode inputs, Map<String, String> env, int depth) {
    ActionFrame {
        env = Map.copyOf(env);
    }
}
