package io.github.batchferry.runner.publish;

import io.github.batchferry.runner.loop.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Closes the open part at an interval, so that it gets pushed. While earlier parts still wait to be pushed it does not: an
 * outage of GitHub must not end in a thousand small files.
 */
public final class Checkpoints {
    private final ResponseParts parts;
    private final Publisher publisher;
    private final Duration interval;
    private final EventLoop loop;
    private final Consumer<IOException> broken;

    // Mutable state
    private EventLoop.Timer timer = () -> {};

    /**
     * @param loop the one on which the parts are written
     * @param broken hears when a part cannot be closed
     */
    public Checkpoints(
            ResponseParts parts, Publisher publisher, Duration interval, EventLoop loop, Consumer<IOException> broken) {
        this.parts = parts;
        this.publisher = publisher;
        this.interval = interval;
        this.loop = loop;
        this.broken = broken;
    }

    /** Starts the interval. */
    public void start() {
        timer = loop.after(interval, this::checkpoint);
    }

    /** Ends it; to be called on the loop. */
    public void stop() {
        timer.cancel();
    }

    private void checkpoint() {
        try {
            if (parts.hasOpen() && publisher.isIdle()) {
                parts.close();
            }
            start();
        } catch (IOException e) {
            broken.accept(e);
        }
    }
}
