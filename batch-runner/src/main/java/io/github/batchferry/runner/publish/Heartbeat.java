package io.github.batchferry.runner.publish;

import io.github.batchferry.git.BranchFile;
import io.github.batchferry.runner.tally.Tally;
import io.github.batchferry.wire.Accounts;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.RunProgress;
import io.github.batchferry.wire.RunProgress.State;
import io.github.batchferry.wire.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Writes {@code progress.json}, which goes with every commit. Thread-safe. */
public final class Heartbeat {
    private final Origin origin;
    private final Tally tally;
    private final long before;
    private final Instant begun;
    private final InstantSource clock;

    /**
     * Begins one for an attempt that starts now.
     *
     * @param tally has counted what earlier attempts answered, and goes on counting
     */
    public Heartbeat(Origin origin, Tally tally, InstantSource clock) {
        this.origin = origin;
        this.tally = tally;
        this.before = tally.total();
        this.begun = clock.instant();
        this.clock = clock;
    }

    /** The progress of a batch that is being answered. */
    public RunProgress running() {
        return progress(State.RUNNING, Optional.empty(), estimatedEnd());
    }

    /** The last word of this attempt. */
    public RunProgress ended(State state, Optional<String> reason) {
        return progress(state, reason, Optional.empty());
    }

    /** The progress as a file of a branch. */
    static BranchFile file(RunProgress progress) {
        return BranchFile.of(BatchFiles.PROGRESS, (progress.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the file. What cannot be read says nothing: it is talk, no response depends on it. */
    static Optional<RunProgress> read(InputStream file) throws IOException {
        try (file) {
            return Optional.of(RunProgress.parse(file.readAllBytes()));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    private RunProgress progress(State state, Optional<String> reason, Optional<Instant> end) {
        return new RunProgress(
                origin.manifest().batchId(),
                origin.shard(),
                tally.total(),
                origin.requests(),
                state,
                reason,
                origin.startedAt(),
                clock.instant(),
                end,
                origin.runId(),
                origin.runAttempt(),
                origin.continuation(),
                Optional.of(soFar()));
    }

    private RunProgress.SoFar soFar() {
        Accounts accounts = tally.accounts();
        long succeeded = tally.counts().getOrDefault(ResponseStatus.SUCCEEDED, 0L);
        return new RunProgress.SoFar(succeeded, accounts.knownCostUsd(), accounts.costUnknown());
    }

    /** At the speed of this attempt so far. */
    private Optional<Instant> estimatedEnd() {
        long answered = tally.total() - before;
        if (answered <= 0) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        double left = (double) (origin.requests() - tally.total()) / answered;
        long millis = Math.round(Duration.between(begun, now).toMillis() * left);
        return Optional.of(now.plusMillis(Math.max(0, millis)));
    }
}
