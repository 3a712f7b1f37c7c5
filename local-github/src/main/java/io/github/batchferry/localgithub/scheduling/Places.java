package io.github.batchferry.localgithub.scheduling;

import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The places at which jobs run, each a thread: first come, first served, over all runs. And a clock that wakes, so that no
 * thread waits for time to pass. Thread-safe.
 */
final class Places implements Closeable {
    private static final Duration UNHURRIED = Duration.ofSeconds(20);

    private final ExecutorService workers;
    private final ScheduledExecutorService alarms;
    private final Duration patience;

    /**
     * @param number of places
     * @param patience how long closing waits for what runs
     */
    Places(int number, Duration patience) {
        this.workers = Executors.newFixedThreadPool(number, daemons("embedded GitHub job"));
        this.alarms = Executors.newSingleThreadScheduledExecutor(daemons("embedded GitHub alarm"));
        this.patience = patience;
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Runs a task when its turn comes. */
    void take(Runnable task) {
        workers.execute(task);
    }

    /** Runs a short task after a time; not at all if this is closed before. */
    void later(Duration time, Runnable task) {
        alarms.schedule(task, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Takes nothing more and waits for what runs; false if that takes too long. */
    boolean finish() {
        alarms.shutdownNow();
        workers.shutdown();
        return await(patience);
    }

    private boolean await(Duration time) {
        try {
            return workers.awaitTermination(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits for what runs, and interrupts it if that takes too long. A thread that was interrupted cannot write what became of its job. */
    @Override
    public void close() {
        // What was forced ends by itself, only not at once on a busy machine.
        if (!finish() && !await(UNHURRIED)) {
            workers.shutdownNow();
        }
    }
}
