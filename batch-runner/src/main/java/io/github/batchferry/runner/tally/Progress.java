package io.github.batchferry.runner.tally;

import io.github.batchferry.runner.loop.EventLoop;
import java.time.Duration;
import java.util.function.Consumer;

/** Says at an interval how far the batch is. */
public final class Progress {
    private final Tally tally;
    private final long requests;
    private final Duration interval;
    private final EventLoop loop;
    private final Consumer<String> out;

    // Mutable state
    private EventLoop.Timer timer = () -> {};

    /**
     * @param requests number of all requests of the batch
     * @param out takes one line at a time
     */
    public Progress(Tally tally, long requests, Duration interval, EventLoop loop, Consumer<String> out) {
        this.tally = tally;
        this.requests = requests;
        this.interval = interval;
        this.loop = loop;
        this.out = out;
    }

    /** Starts the interval. */
    public void start() {
        loop.execute(this::schedule);
    }

    /** Says nothing more. */
    public void stop() {
        loop.execute(() -> timer.cancel());
    }

    /** Such as {@code answered 1200 of 10000 (12%), 3 errored}. */
    public String line() {
        long total = tally.total();
        long failed = tally.failed();
        String line = "answered " + total + " of " + requests + " (" + percent(total) + "%)";
        return failed == 0 ? line : line + ", " + failed + " errored";
    }

    /** A shard has no requests where there are more shards than requests. */
    private long percent(long total) {
        return requests == 0 ? 100 : total * 100 / requests;
    }

    private void schedule() {
        timer = loop.after(interval, () -> {
            out.accept(line());
            schedule();
        });
    }
}
