package io.github.batchferry.localgithub.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is known of an attempt of a run.
 *
 * @param number counted from 1
 * @param status where it stands
 * @param conclusion how it ended; null before
 * @param startedAt when it was asked for
 * @param updatedAt when anything about it last changed
 * @param triggeringActor login of who asked for it
 * @param jobs in the order of the file; those whose matrix is not known yet are missing; none if the workflow could not
 *     be used
 * @param debug whether its jobs tell more than usual
 */
public record AttemptRecord(
        int number,
        Status status,
        Conclusion conclusion,
        Instant startedAt,
        Instant updatedAt,
        String triggeringActor,
        List<JobRecord> jobs,
        boolean debug) {
    public AttemptRecord {
        jobs = List.copyOf(jobs);
    }

    /** An attempt that was asked for and has not begun. */
    public static AttemptRecord created(int number, String triggeringActor, List<JobRecord> jobs, Instant now) {
        return new AttemptRecord(number, Status.QUEUED, null, now, now, triggeringActor, jobs, false);
    }

    /** The attempt with jobs that tell more than usual, or no more than that. */
    public AttemptRecord telling(boolean more) {
        return new AttemptRecord(number, status, conclusion, startedAt, updatedAt, triggeringActor, jobs, more);
    }

    /** Whether it is over. */
    public boolean over() {
        return status == Status.COMPLETED;
    }

    /** One of its jobs. */
    public Optional<JobRecord> job(long id) {
        return jobs.stream().filter(job -> job.id() == id).findFirst();
    }

    /** The attempt and its jobs waiting: for its concurrency group, for an approval, or for a free place. */
    public AttemptRecord waiting(Status how, Instant now) {
        List<JobRecord> waiting =
                jobs.stream().map(job -> job.over() ? job : job.waiting(how)).toList();
        return new AttemptRecord(number, how, null, startedAt, now, triggeringActor, waiting, debug);
    }

    /** The attempt where it stands now; its jobs are left alone. */
    public AttemptRecord standing(Status where, Instant now) {
        return new AttemptRecord(number, where, null, startedAt, now, triggeringActor, jobs, debug);
    }

    /** The attempt begun. */
    public AttemptRecord begun(Instant now) {
        return new AttemptRecord(number, Status.IN_PROGRESS, null, startedAt, now, triggeringActor, jobs, debug);
    }

    /** The attempt with other jobs. */
    public AttemptRecord withJobs(List<JobRecord> others, Instant now) {
        return new AttemptRecord(number, status, conclusion, startedAt, now, triggeringActor, others, debug);
    }

    /** The attempt with one job changed. */
    public AttemptRecord withJob(long id, UnaryOperator<JobRecord> change, Instant now) {
        return withJobs(
                jobs.stream()
                        .map(job -> job.id() == id ? change.apply(job) : job)
                        .toList(),
                now);
    }

    /** The attempt with one more job at the end. */
    public AttemptRecord with(JobRecord job, Instant now) {
        List<JobRecord> more = new ArrayList<>(jobs);
        more.add(job);
        return withJobs(more, now);
    }

    /** The attempt over; a job that is not over yet ends the same way. */
    public AttemptRecord ended(Conclusion how, Instant now) {
        List<JobRecord> last =
                jobs.stream().map(job -> job.over() ? job : job.ended(how, now)).toList();
        return new AttemptRecord(number, Status.COMPLETED, how, startedAt, now, triggeringActor, last, debug);
    }
}
