package io.github.batchferry.runner.publish;

import io.github.batchferry.runner.loop.EventLoop;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Closes the open part as its pace says, so that it gets pushed. While earlier parts still wait to be pushed it does not: an
 * outage of GitHub must not end in a thousand small files.
 */
public final class Checkpoints {
    private final ResponseParts parts;
    private final Publisher publisher;
    private final Pace pace;
    private final EventLoop loop;
    private final Consumer<IOException> broken;

    // Mutable state
    private EventLoop.Timer timer = () -> {};
    private Instant last = Instant.MIN;

    /**
     * @param loop the one on which the parts are written
     * @param broken hears when a part cannot be closed
     */
    public Checkpoints(
            ResponseParts parts, Publisher publisher, Pace pace, EventLoop loop, Consumer<IOException> broken) {
        this.parts = parts;
        this.publisher = publisher;
        this.pace = pace;
        this.loop = loop;
        this.broken = broken;
    }

    /** Starts looking. */
    public void start() {
        last = loop.now();
        timer = loop.after(pace.first(), this::look);
    }

    /** Ends it; to be called on the loop. */
    public void stop() {
        timer.cancel();
    }

    private void look() {
        try {
            if (isDue() && publisher.isIdle()) {
                last = loop.now();
                parts.close();
            }
            timer = loop.after(pace.look(), this::look);
        } catch (IOException e) {
            broken.accept(e);
        }
    }

    private boolean isDue() {
        boolean overdue = !loop.now().isBefore(last.plus(pace.interval()));
        return parts.hasOpen() && (overdue || parts.openLines() >= pace.responses());
    }
}
