package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.execution.actions.EmulatedActions;
import io.github.batchferry.localgithub.execution.output.JobLog;
import io.github.batchferry.localgithub.execution.output.OutputThreads;
import io.github.batchferry.localgithub.execution.output.SecretMask;
import io.github.batchferry.localgithub.execution.output.StepLog;
import io.github.batchferry.localgithub.execution.process.JobProcesses;
import io.github.batchferry.localgithub.store.Annotation;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.ProcessRecord;
import io.github.batchferry.localgithub.store.RunStore;
import java.nio.file.Path;
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
 * @param debug whether debug messages are shown
 * @param processes what it started
 * @param outputs hands on what its processes say
 * @param stop when it has to stop
 * @param status how its own steps went so far
 * @param posts what is left to do after its steps
 * @param actions those that are part of the embedded GitHub
 */
record RunningJob(
        JobTask task,
        RunStore runs,
        ExecutionSettings settings,
        JobFolders folders,
        JobEnvironment environment,
        JobLog log,
        SecretMask mask,
        boolean debug,
        JobProcesses processes,
        OutputThreads outputs,
        JobStop stop,
        StepsStatus status,
        PostSteps posts,
        EmulatedActions actions) {
    private static final int MOST_ANNOTATIONS = 50;

    /** Changes the record of the job. */
    void update(UnaryOperator<JobRecord> change) {
        runs.update(
                task.run().id(),
                run -> run.withLatest(attempt ->
                        attempt.withJob(task.jobId(), change, settings.clock().instant())));
    }

    /** The record of the job as it is now. */
    JobRecord record() {
        return runs.find(task.run().id())
                .flatMap(run -> run.latest().job(task.jobId()))
                .orElseThrow();
    }

    /** Writes down a process group, so that it is found after a crash. */
    void remember(ProcessRecord leader) {
        update(job -> job.with(leader));
    }

    /** The process groups so far. */
    List<ProcessRecord> leaders() {
        return record().processes();
    }

    /** A log for one more step. */
    StepLog stepLog() {
        return new StepLog(log, mask, debug, this::annotate);
    }

    private void annotate(Annotation remark) {
        update(job -> job.annotations().size() < MOST_ANNOTATIONS ? job.with(remark) : job);
    }

    /** The folder that {@code ~} stands for. */
    Path home() {
        return settings.host().home().map(Path::of).orElse(folders.workspace());
    }
}
