package io.github.batchferry.localgithub.store;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A decision about deployments that jobs of a run waited for.
 *
 * @param environments numbers of the environments to their names then
 * @param approved whether the jobs may go on; else they failed
 * @param comment of who decided
 * @param login of who decided
 * @param at when
 */
public record ReviewRecord(Map<Long, String> environments, boolean approved, String comment, String login, Instant at) {
    public ReviewRecord {
        environments = Collections.unmodifiableMap(new LinkedHashMap<>(environments));
    }
}
