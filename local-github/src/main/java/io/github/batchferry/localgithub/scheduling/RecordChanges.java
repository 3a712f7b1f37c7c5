package io.github.batchferry.localgithub.scheduling;

import io.github.batchferry.localgithub.scheduling.plan.JobOrder;
import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What is to be written about an attempt: collected while one event is dealt with, written at once. Not thread-safe: the
 * queue's monitor guards it.
 */
final class RecordChanges {
    private final RunStore runs;
    private final long run;
    private final JobOrder order;
    private final Clock clock;

    // Mutable state
    private final List<UnaryOperator<AttemptRecord>> collected = new ArrayList<>();

    RecordChanges(RunStore runs, long run, JobOrder order, Clock clock) {
        this.runs = runs;
        this.run = run;
        this.order = order;
        this.clock = clock;
    }

    /** Adds a job, in its place. */
    void add(JobRecord job) {
        change(attempt -> {
            List<JobRecord> more = new ArrayList<>(attempt.jobs());
            more.add(job);
            more.sort(order);
            return attempt.withJobs(more, clock.instant());
        });
    }

    /** Changes a job. */
    void change(long job, UnaryOperator<JobRecord> change) {
        change(attempt -> attempt.withJob(job, change, clock.instant()));
    }

    /** Changes the attempt. */
    void change(UnaryOperator<AttemptRecord> change) {
        collected.add(change);
    }

    /**
     * Writes what was collected, if anything was.
     *
     * @throws java.io.UncheckedIOException if that fails; then all of it is kept
     */
    void write() {
        if (!collected.isEmpty()) {
            runs.update(
                    run,
                    before -> before.withLatest(attempt -> {
                        AttemptRecord changed = attempt;
                        for (UnaryOperator<AttemptRecord> change : collected) {
                            changed = change.apply(changed);
                        }
                        return changed;
                    }));
            collected.clear();
        }
    }
}
