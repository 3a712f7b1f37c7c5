package io.github.batchferry.runner;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Carries the wish to stop from the thread that hears it to the one that works, and back that the work has ended. */
final class StopSignal {
    private final CompletableFuture<Void> request = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Asks the work to stop and waits until it has, or until the time is over. */
    void request(Duration wait) {
        request.complete(null);
        try {
            ended.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isRequested() {
        return request.isDone();
    }

    /** Runs an action when the stop is requested, at once if it was before. */
    void onRequest(Runnable action) {
        request.thenRun(action);
    }

    void ended() {
        ended.countDown();
    }
}
