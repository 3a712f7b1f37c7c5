package io.github.batchferry.runner.economy;

import io.github.batchferry.runner.loop.EventLoop;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The parts that wait for one vendor, and how many it takes at once. Vendors bound the tokens that wait at them: after a
 * refusal for that reason one less is open at the same time, and after each that is over one more again.
 */
final class VendorLine {
    /** Vendors allow more; results of several hundred megabytes are to come one after the other. */
    private static final int MOST = 16;

    private final Deque<Part> waiting = new ArrayDeque<>();

    // Mutable state
    private int open;
    private int most = MOST;
    private Instant closedUntil = Instant.MIN;
    private EventLoop.Timer opening = () -> {};

    void add(Part part) {
        waiting.addLast(part);
    }

    void addFirst(Part part) {
        waiting.addFirst(part);
    }

    /** Takes out the next part that may be submitted now. */
    Optional<Part> next(Instant now) {
        if (waiting.isEmpty() || open >= most || now.isBefore(closedUntil)) {
            return Optional.empty();
        }
        open++;
        return Optional.of(waiting.removeFirst());
    }

    /** Counts a part that was open before. */
    void opened() {
        open++;
    }

    /** A part is over. */
    void closed() {
        open--;
        most = Math.min(MOST, most + 1);
    }

    /** A part was not taken: the vendor has enough, or wants to be left alone. */
    void closed(Instant until, EventLoop.Timer timer, boolean full) {
        open--;
        most = full ? Math.max(1, Math.min(most, open)) : most;
        closedUntil = until;
        opening.cancel();
        opening = timer;
    }

    void forgetTimer() {
        opening.cancel();
    }

    /** Whether nothing of this batch is at the vendor. */
    boolean isAlone() {
        return open == 0;
    }

    boolean isEmpty() {
        return open == 0 && waiting.isEmpty();
    }

    int waitingCount() {
        return waiting.size();
    }

    int openCount() {
        return open;
    }
}
