package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.execution.process.StopReason;
import java.io.Closeable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * When a job has to stop: somebody asks, or its time is up. Steps that want to run even then, by {@code always()}, may do
 * so for a while. Thread-safe.
 */
final class JobStop implements Closeable {
    private final StopSignal signal;
    private final CompletableFuture<StopReason> begun = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /** @param grace time for the steps that run even so */
    JobStop(StopSignal signal, Duration grace) {
        this.signal = signal;
        begun.thenRun(() -> over.completeOnTimeout(null, grace.toMillis(), TimeUnit.MILLISECONDS));
        signal.whenAsked().thenRun(() -> begun.complete(StopReason.CANCELLED));
        signal.whenForced().thenRun(() -> over.complete(null));
    }

    /** Sets the time that the job may take, from now on. */
    void limit(Duration time) {
        begun.completeOnTimeout(StopReason.JOB_TIMED_OUT, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Completes when the job has to stop. */
    CompletableFuture<StopReason> begun() {
        return begun;
    }

    /** Completes when nothing of the job may run any more. */
    CompletableFuture<Void> over() {
        return over;
    }

    /** Why the job has to stop; empty as long as it has not. */
    Optional<StopReason> reason() {
        return begun.isDone() && !begun.isCancelled() ? Optional.of(begun.join()) : Optional.empty();
    }

    /** Whether there is no time for anything. */
    boolean isOver() {
        return over.isDone();
    }

    /** Stops everything at once. */
    void force() {
        signal.force();
    }

    /** Ends the timers; the job is over. */
    @Override
    public void close() {
        begun.cancel(false);
        over.cancel(false);
    }
}
