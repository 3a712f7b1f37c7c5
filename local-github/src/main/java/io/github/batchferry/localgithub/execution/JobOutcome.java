package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.store.Conclusion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a job ended.
 *
 * @param conclusion success, failure, cancelled or timed out
 * @param outputs what it hands to the jobs that need it
 * @param environmentUrl where people find what it deployed, if its environment says so
 */
public record JobOutcome(Conclusion conclusion, Map<String, String> outputs, Optional<String> environmentUrl) {
    public JobOutcome {
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    /** How a job ended that deployed nothing to be looked at. */
    public JobOutcome(Conclusion conclusion, Map<String, String> outputs) {
        this(conclusion, outputs, Optional.empty());
    }
}
