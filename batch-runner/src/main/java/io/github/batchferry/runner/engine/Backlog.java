package io.github.batchferry.runner.engine;

import io.github.batchferry.runner.loop.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What a lane has yet to send: first what the vendor rejected, then what is due for another attempt, then fresh requests, of
 * which none begins while too many wait for another attempt.
 */
final class Backlog {
    private final RequestQueue queue;
    private final int maxWaiting;
    private final Deque<Ticket> rejected = new ArrayDeque<>();
    private final Deque<Ticket> due = new ArrayDeque<>();
    private final Map<Ticket, EventLoop.Timer> waiting = new IdentityHashMap<>();

    // Mutable state
    private Optional<Ticket> fresh;

    Backlog(RequestQueue queue, int maxWaiting) {
        this.queue = queue;
        this.maxWaiting = maxWaiting;
        this.fresh = nextFresh();
    }

    /** Whether something may be sent as far as the backlog is concerned. */
    boolean hasNext() {
        return !rejected.isEmpty() || !due.isEmpty() || (fresh.isPresent() && waiting.size() < maxWaiting);
    }

    /** Whether nothing is left, not even waiting. */
    boolean isEmpty() {
        return rejected.isEmpty() && due.isEmpty() && waiting.isEmpty() && fresh.isEmpty();
    }

    /** What is next; there must be something. */
    Ticket peek() {
        if (!rejected.isEmpty()) {
            return rejected.peekFirst();
        }
        return due.isEmpty() ? fresh.orElseThrow() : due.peekFirst();
    }

    /** Takes out what is next; there must be something. */
    Ticket next() {
        if (!rejected.isEmpty()) {
            return rejected.removeFirst();
        }
        if (!due.isEmpty()) {
            return due.removeFirst();
        }
        Ticket ticket = fresh.orElseThrow();
        fresh = nextFresh();
        return ticket;
    }

    /** Puts a rejected request first in line. */
    void first(Ticket ticket) {
        rejected.addLast(ticket);
    }

    /**
     * Lets a request wait for another attempt.
     *
     * @param timer starts the timer that runs what it is given when the request is due
     */
    void later(Ticket ticket, Function<Runnable, EventLoop.Timer> timer) {
        waiting.put(ticket, timer.apply(() -> wake(ticket)));
    }

    /** Makes everything that waits due. */
    void wakeAll() {
        List<Ticket> all = new ArrayList<>(waiting.keySet());
        forgetTimers();
        waiting.clear();
        due.addAll(all);
    }

    /** Stops all timers; what waits stays waiting for ever. */
    void forgetTimers() {
        waiting.values().forEach(EventLoop.Timer::cancel);
    }

    private Optional<Ticket> nextFresh() {
        OptionalInt number = queue.next();
        return number.isPresent() ? Optional.of(new Ticket(number.getAsInt())) : Optional.empty();
    }

    private void wake(Ticket ticket) {
        if (waiting.remove(ticket) != null) {
            due.addLast(ticket);
        }
    }
}
