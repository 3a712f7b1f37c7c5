package io.github.batchferry.runner.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** An event loop on a daemon thread of its own. Closing it drops what has not run. */
public final class ThreadEventLoop implements EventLoop, AutoCloseable {
    private final ScheduledThreadPoolExecutor thread;
    // anchored once and counted on by nanoTime: a clock that NTP sets back would stretch deadlines
    private final Instant startedAt = Instant.now();
    private final long startedNanos = System.nanoTime();

    /** @param name name of the thread, as a thread dump shows it */
    public ThreadEventLoop(String name) {
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
        thread.setRemoveOnCancelPolicy(true);
        thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public void execute(Runnable task) {
        thread.execute(task);
    }

    @Override
    public Instant now() {
        return startedAt.plusNanos(System.nanoTime() - startedNanos);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        Future<?> waiting = thread.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
        return () -> waiting.cancel(false);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
