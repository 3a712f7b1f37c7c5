package io.github.batchferry.localgithub.checks;

import io.github.batchferry.localgithub.apps.AppRecord;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import java.time.Instant;
import java.util.List;

/**
 * A check run.
 *
 * @param id number that no job and no other check has
 * @param suiteId number of its suite
 * @param sha the commit it is about
 * @param name for people; the latest of a name counts
 * @param appId who made it
 * @param externalId the App's own name for it; null for none
 * @param detailsUrl where to read more; null for none
 * @param status queued, in_progress or completed
 * @param conclusion how it ended; null before
 * @param startedAt when it began
 * @param completedAt null before
 * @param output what it found
 */
public record CheckRecord(
        long id,
        long suiteId,
        String sha,
        String name,
        long appId,
        String externalId,
        String detailsUrl,
        String status,
        String conclusion,
        Instant startedAt,
        Instant completedAt,
        Output output) {
    /**
     * What a check found.
     *
     * @param title null for none
     * @param summary in Markdown; null for none
     * @param text in Markdown; null for none
     * @param annotations remarks, in order
     */
    public record Output(String title, String summary, String text, List<CheckAnnotation> annotations) {
        static final Output NONE = new Output(null, null, null, List.of());

        public Output {
            annotations = List.copyOf(annotations);
        }
    }

    /** A job as the check that it is. */
    static CheckRecord of(RunRecord run, JobRecord job, String page) {
        return new CheckRecord(
                job.id(),
                run.id(),
                run.sha(),
                job.name(),
                AppRecord.ACTIONS.id(),
                "",
                page,
                job.status().word(),
                job.conclusion() == null ? null : job.conclusion().word(),
                job.startedAt(),
                job.completedAt(),
                new Output(
                        null,
                        null,
                        null,
                        job.annotations().stream().map(CheckAnnotation::of).toList()));
    }
}
