package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.ProcessRecord;
import io.github.batchferry.localgithub.store.RunStore;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the steps of a job share while it runs.
 *
 * @param runId the run
 * @param runs where its record is kept
 * @param settings of all jobs
 * @param folders of the attempt
 * @param environment its variables and contexts
 * @param log its log
 * @param mask what its log and summary must not show
 * @param processes what it started
 * @param outputs copies what its processes say into the log
 * @param stop asks it to stop
 * @param deadline when its time is up, on the clock of {@link System#nanoTime}
 */
record RunningJob(
        long runId,
        RunStore runs,
        ExecutionSettings settings,
        AttemptFolders folders,
        JobEnvironment environment,
        JobLog log,
        SecretMask mask,
        JobProcesses processes,
        OutputThreads outputs,
        StopSignal stop,
        long deadline) {
    /** Changes the record of the job. */
    void update(UnaryOperator<JobRecord> change) {
        updateAttempt(attempt -> attempt.withJob(change, settings.clock().instant()));
    }

    /** Writes down a process group, so that it is found after a crash. */
    void remember(ProcessRecord leader) {
        updateAttempt(attempt -> attempt.withProcess(leader));
    }

    /** The process groups so far. */
    List<ProcessRecord> leaders() {
        return runs.find(runId).orElseThrow().latest().processes();
    }

    /** Time until its {@code timeout-minutes} are over. */
    Duration timeLeft() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private void updateAttempt(UnaryOperator<AttemptRecord> change) {
        runs.update(runId, run -> run.withLatest(change));
    }
}
