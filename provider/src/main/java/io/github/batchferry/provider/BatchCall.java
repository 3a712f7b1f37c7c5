package io.github.batchferry.provider;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * A call on a thread of its own. Whoever cancels it ends the wait at once: the thread is interrupted, whatever it does. The
 * thread does not keep the program alive.
 *
 * @param <T> what the call gives
 */
final class BatchCall<T> extends CompletableFuture<T> {
    private final Thread thread;

    BatchCall(Callable<T> work) {
        this.thread = new Thread(() -> run(work), "batchferry-call");
        this.thread.setDaemon(true);
    }

    /** Begins. */
    void start() {
        thread.start();
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            thread.interrupt();
        }
        return cancelled;
    }

    /** Cancels the call, and waits until its thread has let go of everything, unless that thread itself asks. */
    void end() {
        cancel(true);
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Callable<T> work) {
        try {
            complete(work.call());
        } catch (Throwable e) {
            // also errors: whoever waits for the future would wait for ever
            completeExceptionally(e);
        }
    }
}
