package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import io.github.batchferry.localgithub.store.StateDirectory;
import io.github.batchferry.localgithub.store.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * Ends the runs that a lost server left unfinished. Their processes are stopped first, so that none works on beside a
 * re-run.
 */
public final class CrashRecovery {
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final StateDirectory directory;
    private final RunStore runs;
    private final Bash bash;
    private final Clock clock;

    public CrashRecovery(StateDirectory directory, RunStore runs, Bash bash, Clock clock) {
        this.directory = directory;
        this.runs = runs;
        this.bash = bash;
        this.clock = clock;
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
        AttemptRecord attempt = run.latest();
        new JobProcesses(bash, attempt.trackingId()).stopAll(attempt.processes(), GRACE, () -> false);
        Path log = directory.jobLog(run.id(), attempt.number());
        Files.createDirectories(log.getParent());
        try (JobLog end = new JobLog(log, clock, new SecretMask())) {
            end.error(
                    attempt.status() == Status.IN_PROGRESS
                            ? "The embedded GitHub was lost while this job ran; its processes were stopped."
                            : "The embedded GitHub was lost before this job began.");
        }
        StateDirectory.delete(directory.temp(run.id(), attempt.number()));
        runs.update(run.id(), lost -> lost.withLatest(last -> last.ended(Conclusion.FAILURE, clock.instant())));
    }
}
