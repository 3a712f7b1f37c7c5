package io.github.batchferry.provider.batch;

import io.github.batchferry.github.WorkflowJob;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.wire.BatchId;
import java.util.List;
import java.util.Optional;

/**
 * A look at the run of a batch.
 *
 * @param batch the batch
 * @param run the run; empty if none is known to have begun
 * @param failure where and why the run failed, with its last log lines; empty while it runs and when it succeeded
 * @param waiting why the run does not begin, and what to do about it; empty if it does
 */
public record RunReport(BatchId batch, Optional<WorkflowRun> run, Optional<Failure> failure, Optional<String> waiting) {
    /** A look at a run that does not wait for anything. */
    public RunReport(BatchId batch, Optional<WorkflowRun> run, Optional<Failure> failure) {
        this(batch, run, failure, Optional.empty());
    }

    /**
     * The first thing that failed in a run.
     *
     * @param job job that failed; empty if the run failed without one (a broken workflow file)
     * @param step step of that job that failed
     * @param log the last lines of the job's log, oldest first
     * @param alsoFailed names of the other jobs that failed, such as those of other shards
     * @param logTrouble why the log could not be read; empty if it could
     */
    public record Failure(
            Optional<WorkflowJob> job,
            Optional<WorkflowJob.Step> step,
            List<String> log,
            List<String> alsoFailed,
            Optional<String> logTrouble) {
        public Failure {
            log = List.copyOf(log);
            alsoFailed = List.copyOf(alsoFailed);
        }

        /** A failure of one job, whose log was read. */
        public Failure(Optional<WorkflowJob> job, Optional<WorkflowJob.Step> step, List<String> log) {
            this(job, step, log, List.of(), Optional.empty());
        }
    }

    /** Whether the run is over, well or badly. */
    public boolean over() {
        return run.filter(WorkflowRun::completed).isPresent();
    }
}
