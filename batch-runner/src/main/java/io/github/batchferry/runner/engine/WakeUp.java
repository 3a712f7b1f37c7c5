package io.github.batchferry.runner.engine;

import io.github.batchferry.runner.loop.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The one timer that a lane waits for its gate with. Asking for what is already set costs nothing. */
final class WakeUp {
    private final EventLoop loop;
    private final Runnable task;

    // Mutable state
    private Optional<EventLoop.Timer> timer = Optional.empty();
    private Instant due = Instant.MAX;

    WakeUp(EventLoop loop, Runnable task) {
        this.loop = loop;
        this.task = task;
    }

    /** Runs the task at a time, or earlier if an earlier one is set: then it is to ask again. */
    void notLaterThan(Instant time) {
        if (timer.isPresent() && !time.isBefore(due)) {
            return;
        }
        cancel();
        due = time;
        timer = Optional.of(loop.after(Duration.between(loop.now(), time), this::run));
    }

    void cancel() {
        timer.ifPresent(EventLoop.Timer::cancel);
        timer = Optional.empty();
    }

    private void run() {
        timer = Optional.empty();
        task.run();
    }
}
