package io.github.batchferry.localgithub.scheduling.plan;

import io.github.batchferry.localgithub.store.Conclusion;
import java.util.Collection;
import java.util.Locale;

/** How a job ended in the eyes of the jobs that need it. */
public enum JobResult {
    SUCCESS,
    FAILURE,
    CANCELLED,
    SKIPPED;

    /** GitHub's word for it, as in {@code needs.build.result}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The result that a conclusion stands for.
     *
     * @param tolerated whether the job's {@code continue-on-error} holds: then its failure counts as success
     */
    public static JobResult of(Conclusion conclusion, boolean tolerated) {
        return switch (conclusion) {
            case SUCCESS -> SUCCESS;
            case SKIPPED -> SKIPPED;
            case CANCELLED -> CANCELLED;
            default -> tolerated ? SUCCESS : FAILURE;
        };
    }

    /** The result of several jobs as one: the worst of them; skipped only if all are. */
    public static JobResult of(Collection<JobResult> parts) {
        if (parts.contains(FAILURE)) {
            return FAILURE;
        }
        if (parts.contains(CANCELLED)) {
            return CANCELLED;
        }
        return parts.stream().allMatch(SKIPPED::equals) ? SKIPPED : SUCCESS;
    }
}
