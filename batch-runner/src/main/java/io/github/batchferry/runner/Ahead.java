package io.github.batchferry.runner;

import io.github.batchferry.git.GitException;
import io.github.batchferry.runner.loop.Waiting;
import io.github.batchferry.runner.publish.ResultsConflictException;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Something that is fetched on a thread of its own, while other things are done that it may turn out not to be needed for. */
final class Ahead<T> implements Closeable {
    private static final long LONGEST_CLOSING_SECONDS = 2;

    private final CompletableFuture<T> result;

    private Ahead(CompletableFuture<T> result) {
        this.result = result;
    }

    /** What is to be done. */
    @FunctionalInterface
    interface Fetching<T> {
        T fetch() throws GitException, IOException, ResultsConflictException;
    }

    /** Begins. */
    static <T> Ahead<T> start(String name, Fetching<T> fetching) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> complete(result, fetching), name);
        thread.setDaemon(true);
        thread.start();
        return new Ahead<>(result);
    }

    private static <T> void complete(CompletableFuture<T> result, Fetching<T> fetching) {
        try {
            result.complete(fetching.fetch());
        } catch (GitException | IOException | ResultsConflictException | RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    /** Waits for it. */
    T get() throws GitException, IOException, ResultsConflictException {
        try {
            Waiting.on(result, GitException.class);
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof ResultsConflictException conflict) {
                throw conflict;
            }
            throw e;
        }
        return result.join();
    }

    /** Nobody wants it any more; gives it a moment to put its files away. */
    @Override
    public void close() {
        try {
            result.get(LONGEST_CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // whoever wanted it has heard of it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
