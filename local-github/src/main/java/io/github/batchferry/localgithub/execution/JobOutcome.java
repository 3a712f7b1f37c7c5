package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.store.Conclusion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a job ended.
 *
 * @param conclusion success, failure, cancelled or timed out
 * @param outputs what it hands to the jobs that need it
 */
public record JobOutcome(Conclusion conclusion, Map<String, String> outputs) {
    public JobOutcome {
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }
}
