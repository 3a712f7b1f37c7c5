package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.execution.process.StopReason;
import io.github.batchferry.localgithub.execution.process.StoppedException;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * When a step has to stop: its own time is up, or its job has to stop and the step's condition does not hold any more.
 * Used by the job's thread only.
 */
final class StepStop implements Closeable {
    private final JobStop job;
    private final BooleanSupplier wanted;
    private final CompletableFuture<StopReason> timer = new CompletableFuture<>();
    private final CompletableFuture<StopReason> ofOuter;

    // Mutable state
    private Boolean goesOn; // whether it goes on although its job has to stop; null before

    /**
     * @param wanted asked once, when the job has to stop: whether the step is to go on even so
     * @param time that the step may take; empty for as long as the job has
     * @param outer of the step whose action it belongs to
     */
    StepStop(JobStop job, BooleanSupplier wanted, Optional<Duration> time, Optional<StepStop> outer) {
        this.job = job;
        this.wanted = wanted;
        time.ifPresent(
                limit -> timer.completeOnTimeout(StopReason.STEP_TIMED_OUT, limit.toMillis(), TimeUnit.MILLISECONDS));
        this.ofOuter = outer.map(StepStop::timers).orElseGet(CompletableFuture::new);
    }

    private CompletableFuture<StopReason> timers() {
        CompletableFuture<StopReason> either = new CompletableFuture<>();
        timer.thenAccept(either::complete);
        ofOuter.thenAccept(either::complete);
        return either;
    }

    /** Why it has to stop now; empty while it need not. */
    Optional<StopReason> now() {
        if (timer.isDone() || ofOuter.isDone()) {
            return Optional.of(StopReason.STEP_TIMED_OUT);
        }
        if (!job.isOver() && (job.reason().isEmpty() || goesOn())) {
            return Optional.empty();
        }
        return Optional.of(job.reason().orElse(StopReason.CANCELLED));
    }

    private boolean goesOn() {
        if (goesOn == null) {
            goesOn = wanted.getAsBoolean();
        }
        return goesOn;
    }

    /** Whether its own time is up, not that of the step around it. */
    boolean timedOut() {
        return timer.isDone();
    }

    /** Whether nothing of it may run any more, not even what wants to run after a cancellation. */
    boolean mustEnd() {
        return job.isOver() || timer.isDone() || ofOuter.isDone();
    }

    /** @throws StoppedException if its own time is up, or that of the step around it */
    void throwIfTimedOut() {
        if (timer.isDone() || ofOuter.isDone()) {
            throw new StoppedException(StopReason.STEP_TIMED_OUT);
        }
    }

    /** @throws StoppedException if it has to stop now */
    void check() {
        now().ifPresent(reason -> {
            throw new StoppedException(reason);
        });
    }

    /** Waits for something; the reason if the step has to stop first. */
    Optional<StopReason> await(CompletableFuture<?> done) {
        while (!done.isDone()) {
            Optional<StopReason> reason = now();
            if (reason.isPresent()) {
                return reason;
            }
            List<CompletableFuture<?>> all = new ArrayList<>(List.of(done, timer, ofOuter));
            all.add(job.reason().isPresent() ? job.over() : job.begun());
            try {
                CompletableFuture.anyOf(all.toArray(CompletableFuture[]::new)).get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("waiting for a process cannot fail", e);
            } catch (InterruptedException e) {
                job.force();
                Thread.currentThread().interrupt();
                return Optional.of(StopReason.CANCELLED);
            }
        }
        return Optional.empty();
    }

    /** Ends the timer; the step is over. */
    @Override
    public void close() {
        timer.cancel(false);
    }
}
