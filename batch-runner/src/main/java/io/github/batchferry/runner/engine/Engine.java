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
 * <p>Guarantees: no vendor has more calls under way than its bound and its gates admit; a request that succeeded or was
 * refused is never asked again; an answer with a 2xx is never thrown away; one failing request stops nothing, unless it says
 * that the quota of its vendor is used up. Memory does not grow with the number of requests: only those under way are in it.
 */
public final class Engine {
    private final BatchId batch;
    private final Pricing pricing;
    private final Launching launching;
    private final Backoff backoff;
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
     * @param launching may keep requests from being sent
     * @param backoff waits of single requests after broken attempts
     * @param loop owns all state from now on
     * @param sink takes the responses
     */
    public Engine(
            BatchId batch,
            List<VendorSetup> setups,
            Pricing pricing,
            Launching launching,
            Backoff backoff,
            EventLoop loop,
            ResponseSink sink) {
        this.batch = batch;
        this.pricing = pricing;
        this.launching = launching;
        this.backoff = backoff;
        this.loop = loop;
        this.sink = sink;
        setups.forEach(this::addLanes);
        this.lanesAtWork = lanes.size();
    }

    private void addLanes(VendorSetup setup) {
        ResponseAssembly assembly = new ResponseAssembly(batch, setup.vendor().config(), pricing);
        Slots slots = new Slots(setup.maxConcurrency());
        Listener listener = new Listener(setup.vendor().config().name());
        for (LaneSetup lane : setup.lanes()) {
            listener.siblings.add(new Lane(setup.vendor(), lane, slots, assembly, launching, backoff, loop, listener));
        }
        lanes.addAll(listener.siblings);
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
     * Sends nothing more and takes answers under way, however long they last; what is not under way stays unanswered.
     * Callable from any thread.
     */
    public void drain() {
        loop.execute(() -> lanes.forEach(Lane::stop));
    }

    /**
     * Drains for a while, then gives up what is still under way; their requests stay unanswered. Callable from any thread.
     */
    public void stop(Duration grace) {
        drain();
        loop.execute(() -> loop.after(grace, this::abandonAll));
    }

    /**
     * Sends nothing more and takes answers under way; all other requests get a response with status {@code expired} and a
     * reason. Then the engine ends. Callable from any thread.
     */
    public void expireRest(ResponseLine.Failure reason) {
        loop.execute(() -> lanes.forEach(lane -> lane.closeFor(Closing.expired(reason))));
    }

    /** Ends with a failure that was found outside; calls under way are given up. Callable from any thread. */
    public void fail(Throwable cause) {
        loop.execute(() -> broken(cause));
    }

    private void broken(Throwable cause) {
        ending.completeExceptionally(cause);
        abandonAll();
    }

    private void abandonAll() {
        lanes.forEach(Lane::abandon);
    }

    private void endIfDone() {
        if (lanesAtWork == 0) {
            ending.complete(null);
        }
    }

    /** Hears the lanes of one vendor. They share its credential: when its quota is used up, all of them close. */
    private final class Listener implements Lane.Listener {
        private final String vendor;
        private final List<Lane> siblings = new ArrayList<>();

        Listener(String vendor) {
            this.vendor = vendor;
        }

        @Override
        public void responded(ResponseLine response) throws IOException {
            if (!ending.isDone()) {
                sink.accept(response);
            }
        }

        @Override
        public void quotaExhausted(String message) {
            Closing closing = Closing.quotaExhausted(vendor, message);
            siblings.forEach(lane -> lane.closeFor(closing));
        }

        @Override
        public void attemptEnded() {
            lanes.forEach(Lane::attemptEnded);
        }

        @Override
        public void launchingOver() {
            expireRest(launching.reason());
        }

        @Override
        public void laneEnded() {
            lanesAtWork--;
            endIfDone();
        }

        @Override
        public void broken(Throwable cause) {
            Engine.this.broken(cause);
        }
    }
}
