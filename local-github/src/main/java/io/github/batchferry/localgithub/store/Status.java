package io.github.batchferry.localgithub.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Where a run, a job or a step stands. */
public enum Status {
    /** Waits for another run of its concurrency group. */
    @JsonProperty("pending")
    PENDING,
    /** Waits for an approval, or for the time that an environment wants to pass. */
    @JsonProperty("waiting")
    WAITING,
    /** Waits for a free place to run. */
    @JsonProperty("queued")
    QUEUED,
    @JsonProperty("in_progress")
    IN_PROGRESS,
    @JsonProperty("completed")
    COMPLETED;

    /** GitHub's word for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
