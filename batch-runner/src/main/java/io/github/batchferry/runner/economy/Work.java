package io.github.batchferry.runner.economy;

import io.github.batchferry.runner.loop.EventLoop;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What the steps of a run share: its parts, its vendors, its event loop and how it ends. All of it belongs to the loop. Once
 * the run has ended, no step goes on.
 */
final class Work {
    private final EconomyRun.Setup setup;
    private final Ledger ledger;
    private final EconomyTimes times;
    private final RandomGenerator random;
    private final EventLoop loop;
    private final Consumer<String> log;
    private final Map<String, EconomyVendor> vendors;
    private final PartResponses responses;
    private final Map<String, VendorLine> lines = new HashMap<>();
    private final CompletableFuture<Void> ending = new CompletableFuture<>();

    // Mutable state
    private final Map<Integer, EventLoop.Timer> timers = new HashMap<>();
    private boolean stopping;
    private int submitting;

    Work(
            EconomyRun.Setup setup,
            Ledger ledger,
            EconomyTimes times,
            RandomGenerator random,
            EventLoop loop,
            Consumer<String> log,
            Map<String, EconomyVendor> vendors,
            PartResponses responses) {
        this.setup = setup;
        this.ledger = ledger;
        this.times = times;
        this.random = random;
        this.loop = loop;
        this.log = log;
        this.vendors = vendors;
        this.responses = responses;
        vendors.keySet().forEach(name -> lines.put(name, new VendorLine()));
    }

    /** Something to do that may fail for good. */
    @FunctionalInterface
    interface Step {
        void take() throws IOException;
    }

    /** What to do after a call: with its result, or with its failure. */
    @FunctionalInterface
    interface Then<T> {
        void accept(T result, Throwable failure) throws IOException;
    }

    EconomyRun.Setup setup() {
        return setup;
    }

    Ledger ledger() {
        return ledger;
    }

    EconomyTimes times() {
        return times;
    }

    EventLoop loop() {
        return loop;
    }

    PartResponses responses() {
        return responses;
    }

    Map<String, VendorLine> lines() {
        return lines;
    }

    VendorLine line(Part part) {
        return lines.get(part.vendor());
    }

    EconomyVendor vendor(Part part) {
        return vendors.get(part.vendor());
    }

    PollSchedule schedule() {
        return new PollSchedule(times, random);
    }

    /** A temporary file of a part. */
    Path file(Part part, String what) {
        return setup.folder().resolve("part-" + part.number() + "." + what);
    }

    void say(Part part, String what) {
        log.accept(part + ": " + what);
    }

    // ---- how it ends

    CompletableFuture<Void> ending() {
        return ending;
    }

    boolean isStopping() {
        return stopping;
    }

    /** A submission is under way, whose answer is worth waiting for. */
    void submitting() {
        submitting++;
    }

    void submitted() {
        submitting--;
    }

    /** Begins no further step; waits a while for submissions under way. */
    void stop(Duration grace) {
        stopping = true;
        log.accept("stopping economy mode: " + left() + "; what is under way goes on at the vendors");
        timers.values().forEach(EventLoop.Timer::cancel);
        lines.values().forEach(VendorLine::forgetTimer);
        endAfter(grace);
        endIfDone();
    }

    /** Ends even if a submission is under way by then. */
    void endAfter(Duration grace) {
        loop.after(grace, () -> ending.complete(null));
    }

    void endIfDone() {
        boolean done = lines.values().stream().allMatch(VendorLine::isEmpty);
        if (done || (stopping && submitting == 0)) {
            ending.complete(null);
        }
    }

    private String left() {
        int open = lines.values().stream().mapToInt(VendorLine::openCount).sum();
        int waiting = lines.values().stream().mapToInt(VendorLine::waitingCount).sum();
        return open + " vendor batches under way, " + waiting + " to be submitted";
    }

    /** Ends every request of a part that has no response yet in the same way. */
    void end(Part part, ResponseStatus status, ResponseLine.Failure why) throws IOException {
        responses.end(part, vendor(part).vendor(), status, why, loop.now());
    }

    // ---- the loop

    /** Takes a step; if it fails, the run does. */
    void guarded(Step step) {
        try {
            step.take();
        } catch (IOException | RuntimeException | Error e) {
            // the event loop would swallow it, and the batch would hang
            ending.completeExceptionally(e);
        }
    }

    /** Goes on, on the loop, when a call has ended. */
    <T> void on(CompletableFuture<T> call, Then<T> then) {
        BiConsumer<T, Throwable> next = (result, failure) -> guarded(() -> {
            if (!ending.isDone()) {
                then.accept(result, failure == null ? null : VendorCalls.cause(failure));
            }
        });
        call.whenCompleteAsync(next, loop);
    }

    /** Takes the next step with a part after a while, unless the run is being stopped. */
    void again(Part part, Duration wait, Consumer<Part> step) {
        if (!stopping) {
            timers.put(part.number(), loop.after(wait, () -> guarded(() -> step.accept(part))));
        }
    }
}
