package io.github.batchferry.localgithub.execution;

import java.util.concurrent.CompletableFuture;

/** Asks a running job to stop. Thread-safe. */
public final class StopSignal {
    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final CompletableFuture<Void> forced = new CompletableFuture<>();

    /** Stop, with a time of grace. */
    public void ask() {
        asked.complete(null);
    }

    /** Stop at once. */
    public void force() {
        forced.complete(null);
        asked.complete(null);
    }

    /** Completes when somebody asks. */
    CompletableFuture<Void> whenAsked() {
        return asked;
    }

    /** Completes when somebody asks for the end at once. */
    CompletableFuture<Void> whenForced() {
        return forced;
    }
}
