package io.github.batchferry.localgithub.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What is known of an attempt of a run.
 *
 * @param number counted from 1
 * @param status where it stands
 * @param conclusion how it ended; null before
 * @param startedAt when it was asked for
 * @param updatedAt when anything about it last changed
 * @param trackingId random mark that every process of its job carries in its environment
 * @param processes leaders of the process groups that its steps were started as
 * @param job its job; null if the workflow could not be used
 */
public record AttemptRecord(
        int number,
        Status status,
        Conclusion conclusion,
        Instant startedAt,
        Instant updatedAt,
        String trackingId,
        List<ProcessRecord> processes,
        JobRecord job) {
    public AttemptRecord {
        processes = List.copyOf(processes);
    }

    /** An attempt that was asked for and has not begun. */
    public static AttemptRecord created(int number, String trackingId, JobRecord job, Instant now) {
        return new AttemptRecord(number, Status.QUEUED, null, now, now, trackingId, List.of(), job);
    }

    /** Whether it is over. */
    public boolean over() {
        return status == Status.COMPLETED;
    }

    /** The attempt waiting: for its concurrency group, or for a free place. */
    public AttemptRecord waiting(Status pendingOrQueued, Instant now) {
        return new AttemptRecord(number, pendingOrQueued, null, startedAt, now, trackingId, processes, job);
    }

    /** The attempt and its job begun. */
    public AttemptRecord begun(Instant now) {
        return new AttemptRecord(
                number, Status.IN_PROGRESS, null, startedAt, now, trackingId, processes, job.begun(now));
    }

    /** The attempt with its job changed. */
    public AttemptRecord withJob(UnaryOperator<JobRecord> change, Instant now) {
        return new AttemptRecord(number, status, conclusion, startedAt, now, trackingId, processes, change.apply(job));
    }

    /** The attempt with one more process group. */
    public AttemptRecord withProcess(ProcessRecord leader) {
        List<ProcessRecord> more = new ArrayList<>(processes);
        more.add(leader);
        return new AttemptRecord(number, status, conclusion, startedAt, updatedAt, trackingId, more, job);
    }

    /** The attempt and its job over, with everything inside ended too. */
    public AttemptRecord ended(Conclusion how, Instant now) {
        return new AttemptRecord(
                number,
                Status.COMPLETED,
                how,
                startedAt,
                now,
                trackingId,
                processes,
                how == Conclusion.STARTUP_FAILURE || job == null ? null : job.ended(how, now));
    }
}
