package io.github.batchferry.provider.batch;

import java.time.Duration;

/** Waits between two looks at a server. Tests pass one that only moves their clock. */
@FunctionalInterface
public interface Pause {
    /**
     * Waits.
     *
     * @param duration how long, zero or more
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    void await(Duration duration) throws InterruptedException;

    /** Waits by sleeping. */
    static Pause sleeping() {
        return duration -> Thread.sleep(duration.toMillis());
    }
}
