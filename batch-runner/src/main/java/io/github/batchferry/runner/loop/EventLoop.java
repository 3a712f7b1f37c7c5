package io.github.batchferry.runner.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * Runs tasks one after the other, so that the state they own needs no locks, and knows the time. Tasks must not throw:
 * nobody would hear it.
 */
public interface EventLoop extends Executor {
    /** The time, which never goes back. */
    Instant now();

    /** Runs a task once the delay is over. */
    Timer after(Duration delay, Runnable task);

    /** A task that waits for its time. */
    @FunctionalInterface
    interface Timer {
        /** Forgets the task. One that has started already is not interrupted. */
        void cancel();
    }
}
