package io.github.batchferry.localgithub.scheduling;

import io.github.batchferry.localgithub.execution.ExecutionSettings;
import io.github.batchferry.localgithub.execution.JobRunner;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import io.github.batchferry.localgithub.store.StateDirectory;
import io.github.batchferry.localgithub.store.Status;
import java.io.IOException;

/**
 * Ends the runs that a lost server left unfinished. Their processes are stopped first, so that none works on beside a
 * re-run.
 */
public final class CrashRecovery {
    private final StateDirectory directory;
    private final RunStore runs;
    private final ExecutionSettings settings;

    public CrashRecovery(StateDirectory directory, RunStore runs, ExecutionSettings settings) {
        this.directory = directory;
        this.runs = runs;
        this.settings = settings;
    }

    /** Ends every unfinished run as failed. */
    public void run() throws IOException {
        for (RunRecord run : runs.all()) {
            if (!run.latest().over()) {
                end(run);
            }
        }
    }

    private void end(RunRecord run) throws IOException {
        for (JobRecord job : run.latest().jobs()) {
            if (!job.over()) {
                JobRunner.stopRemains(
                        directory,
                        settings,
                        run,
                        job,
                        job.status() == Status.IN_PROGRESS
                                ? "The embedded GitHub was lost while this job ran; its processes were stopped."
                                : "The embedded GitHub was lost before this job began.");
            }
        }
        runs.update(
                run.id(),
                lost -> lost.withLatest(
                        last -> last.ended(Conclusion.FAILURE, settings.clock().instant())));
    }
}
