package io.github.batchferry.localgithub.scheduling;

import io.github.batchferry.localgithub.artifacts.ArtifactRecord;
import io.github.batchferry.localgithub.artifacts.ArtifactStore;
import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Removes what finished runs left and nobody is promised any more: logs and summaries after 90 days, whole runs after 400
 * days, and the workspaces of all runs but the latest 20.
 */
public final class Retention {
    private static final Duration LOGS = Duration.ofDays(90);
    private static final Duration RECORDS = Duration.ofDays(400);
    private static final int WORKSPACES = 20;

    private final StateDirectory directory;
    private final RunStore runs;
    private final ArtifactStore artifacts;
    private final Clock clock;

    public Retention(StateDirectory directory, RunStore runs, ArtifactStore artifacts, Clock clock) {
        this.directory = directory;
        this.runs = runs;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    /** Removes what is due by now; to be called while nothing runs. What cannot be removed is left for the next time. */
    public void run() {
        Instant now = clock.instant();
        List<RunRecord> finished =
                runs.all().stream().filter(run -> run.latest().over()).toList();
        for (RunRecord run : finished) {
            if (older(run.latest(), now.minus(RECORDS))) {
                attempt(() -> remove(run));
            } else {
                attempt(() -> removeLogs(run, now.minus(LOGS)));
            }
        }
        for (RunRecord run : finished.subList(Math.min(WORKSPACES, finished.size()), finished.size())) {
            attempt(() -> StateDirectory.delete(directory.workspaces(run.id())));
        }
    }

    @FunctionalInterface
    private interface Removal {
        void run() throws IOException;
    }

    /** Jobs may leave folders that even their owner may not read: that must not keep this GitHub from starting. */
    private static void attempt(Removal removal) {
        try {
            removal.run();
        } catch (IOException | UncheckedIOException e) {
            System.getLogger(Retention.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot remove what an old run left: " + e.getMessage());
        }
    }

    private static boolean older(AttemptRecord attempt, Instant limit) {
        return attempt.updatedAt().isBefore(limit);
    }

    private void remove(RunRecord run) throws IOException {
        for (ArtifactRecord artifact : artifacts.ofRun(run.id())) {
            artifacts.delete(artifact.id());
        }
        runs.delete(run.id());
    }

    private void removeLogs(RunRecord run, Instant limit) throws IOException {
        for (AttemptRecord attempt : run.attempts()) {
            Path folder = directory.attempt(run.id(), attempt.number());
            if (older(attempt, limit)) {
                StateDirectory.delete(folder);
            }
        }
    }
}
