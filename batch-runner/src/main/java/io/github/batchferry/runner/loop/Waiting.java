package io.github.batchferry.runner.loop;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for what happens on another thread, and raises there what failed here. */
public final class Waiting {
    private Waiting() {}

    /**
     * Waits for a future.
     *
     * @param expected the checked exception, besides {@link IOException}, that it may fail with
     */
    public static <X extends Exception> void on(CompletableFuture<?> future, Class<X> expected) throws X, IOException {
        try {
            future.get();
        } catch (ExecutionException e) {
            rethrow(e.getCause(), expected);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private static <X extends Exception> void rethrow(Throwable cause, Class<X> expected) throws X, IOException {
        if (expected.isInstance(cause)) {
            throw expected.cast(cause);
        }
        if (cause instanceof IOException e) {
            throw e;
        }
        if (cause instanceof RuntimeException e) {
            throw e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
        throw new IllegalStateException(cause);
    }
}
