package io.github.batchferry.localgithub.page.runs;

import io.github.batchferry.localgithub.page.html.TimeText;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.Status;
import io.github.batchferry.localgithub.store.StepRecord;
import java.time.Instant;

/** How long jobs and steps took, or have been running; empty for those that never did. */
final class JobTimes {
    private JobTimes() {}

    static String of(JobRecord job, Instant now) {
        if (job.conclusion() == Conclusion.SKIPPED || job.status() != Status.IN_PROGRESS && !job.over()) {
            return "";
        }
        return TimeText.duration(job.startedAt(), job.over() ? job.completedAt() : now);
    }

    static String of(StepRecord step, Instant now) {
        if (step.startedAt() == null || step.conclusion() == Conclusion.SKIPPED) {
            return "";
        }
        return TimeText.duration(step.startedAt(), step.completedAt() == null ? now : step.completedAt());
    }
}
