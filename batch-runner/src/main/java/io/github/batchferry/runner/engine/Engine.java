package io.github.batchferry.runner.engine;

import io.github.batchferry.runner.loop.EventLoop;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.ResponseLine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Asks vendors until every request of their queues has its one response.
 *
 * <p>Guarantees: no vendor has more calls under way than its gate admits; a request that succeeded or was refused is never
 * asked again; an answer with a 2xx is never thrown away; one failing request stops nothing. Memory does not grow with the
 * number of requests: only those under way are in it.
 */
public final class Engine {
    private final EventLoop loop;
    private final ResponseSink sink;
    private final List<Lane> lanes = new ArrayList<>();
    private final CompletableFuture<Void> ending = new CompletableFuture<>();

    // Mutable state
    private int lanesAtWork;

    /**
     * Prepares an engine; {@link #start()} sets it going.
     *
     * @param batch batch whose requests these are
     * @param setups one for each vendor
     * @param pricing what answers cost
     * @param backoff waits of single requests after broken attempts
     * @param loop owns all state from now on
     * @param sink takes the responses
     */
    public Engine(
            BatchId batch,
            List<LaneSetup> setups,
            Pricing pricing,
            Backoff backoff,
            EventLoop loop,
            ResponseSink sink) {
        this.loop = loop;
        this.sink = sink;
        for (LaneSetup setup : setups) {
            ResponseAssembly assembly =
                    new ResponseAssembly(batch, setup.vendor().config(), pricing);
            lanes.add(new Lane(setup, assembly, backoff, loop, new Listener()));
        }
        this.lanesAtWork = lanes.size();
    }

    /**
     * Starts, to be called once. The future ends when all is answered or the engine was stopped; it fails if a response
     * cannot be kept, or for a defect.
     */
    public CompletableFuture<Void> start() {
        loop.execute(() -> {
            endIfDone();
            lanes.forEach(Lane::pump);
        });
        return ending;
    }

    /**
     * Sends nothing more, takes answers under way for a while, then gives up the rest; their requests stay unanswered.
     * Callable from any thread.
     */
    public void stop(Duration grace) {
        loop.execute(() -> {
            lanes.forEach(Lane::stop);
            loop.after(grace, this::abandonAll);
        });
    }

    /** Ends with a failure that was found outside; calls under way are given up. Callable from any thread. */
    public void fail(Throwable cause) {
        loop.execute(() -> new Listener().broken(cause));
    }

    private void abandonAll() {
        lanes.forEach(Lane::abandon);
    }

    private void endIfDone() {
        if (lanesAtWork == 0) {
            ending.complete(null);
        }
    }

    private final class Listener implements Lane.Listener {
        @Override
        public void responded(ResponseLine response) throws IOException {
            if (!ending.isDone()) {
                sink.accept(response);
            }
        }

        @Override
        public void laneEnded() {
            lanesAtWork--;
            endIfDone();
        }

        @Override
        public void broken(Throwable cause) {
            ending.completeExceptionally(cause);
            abandonAll();
        }
    }
}
