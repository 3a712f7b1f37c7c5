package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.ProcessRecord;
import io.github.batchferry.localgithub.store.RunStore;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the steps of a job share while it runs.
 *
 * @param task what is executed
 * @param runs where its record is kept
 * @param settings of all jobs
 * @param folders of the job
 * @param environment its variables and contexts
 * @param log its log
 * @param mask what its log and summary must not show
 * @param processes what it started
 * @param outputs copies what its processes say into the log
 * @param stop asks it to stop
 * @param deadline when its time is up, on the clock of {@link System#nanoTime}
 */
record RunningJob(
        JobTask task,
        RunStore runs,
        ExecutionSettings settings,
        JobFolders folders,
        JobEnvironment environment,
        JobLog log,
        SecretMask mask,
        JobProcesses processes,
        OutputThreads outputs,
        StopSignal stop,
        long deadline) {
    /** Changes the record of the job. */
    void update(UnaryOperator<JobRecord> change) {
        runs.update(
                task.run().id(),
                run -> run.withLatest(attempt ->
                        attempt.withJob(task.jobId(), change, settings.clock().instant())));
    }

    /** Writes down a process group, so that it is found after a crash. */
    void remember(ProcessRecord leader) {
        update(job -> job.with(leader));
    }

    /** The process groups so far. */
    List<ProcessRecord> leaders() {
        return runs.find(task.run().id())
                .flatMap(run -> run.latest().job(task.jobId()))
                .orElseThrow()
                .processes();
    }

    /** Time until its {@code timeout-minutes} are over. */
    Duration timeLeft() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }
}
