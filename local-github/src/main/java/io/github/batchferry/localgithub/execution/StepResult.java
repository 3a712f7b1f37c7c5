package io.github.batchferry.localgithub.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.store.Conclusion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What later steps see of a step.
 *
 * @param outcome how it ended
 * @param conclusion how that counts: a failure that the step says to continue on counts as a success
 * @param outputs in the order in which they were set
 */
record StepResult(Conclusion outcome, Conclusion conclusion, Map<String, String> outputs) {
    StepResult {
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    static StepResult skipped() {
        return new StepResult(Conclusion.SKIPPED, Conclusion.SKIPPED, Map.of());
    }

    /** Its entry in the context {@code steps}. */
    ObjectNode context() {
        ObjectNode context = Json.object();
        context.set("outputs", Json.MAPPER.valueToTree(outputs));
        return context.put("outcome", outcome.word()).put("conclusion", conclusion.word());
    }
}
