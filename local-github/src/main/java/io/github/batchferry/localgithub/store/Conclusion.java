package io.github.batchferry.localgithub.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How a run, a job or a step ended. */
public enum Conclusion {
    @JsonProperty("success")
    SUCCESS,
    @JsonProperty("failure")
    FAILURE,
    @JsonProperty("cancelled")
    CANCELLED,
    /** The job ran longer than its {@code timeout-minutes}. */
    @JsonProperty("timed_out")
    TIMED_OUT,
    @JsonProperty("skipped")
    SKIPPED,
    /** The workflow file could not be used when the run was to begin. */
    @JsonProperty("startup_failure")
    STARTUP_FAILURE;

    /** GitHub's word for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
