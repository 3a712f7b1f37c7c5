package io.github.batchferry.mockvendor;

import java.util.PriorityQueue;

/** What is to be done when. */
final class Timers {
    /** A selector waits whole milliseconds: what is due within half of one is due now, so that the mean error is nothing. */
    private static final long TOLERANCE = 500_000;

    private record Timer(long at, long number, Runnable work) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Timer> queue = new PriorityQueue<>();

    // Mutable state
    private long count;

    /** @param at in nanoseconds of the clock that {@link #run} is told */
    void at(long at, Runnable work) {
        queue.add(new Timer(at, count++, work));
    }

    /** Does what is due. */
    void run(long now) {
        while (!queue.isEmpty() && queue.peek().at() - now <= TOLERANCE) {
            queue.remove().work().run();
        }
    }

    /** Milliseconds to wait for what is due next: 0 for as long as it takes, -1 for not at all. */
    long millisToNext(long now) {
        if (queue.isEmpty()) {
            return 0;
        }
        long nanos = queue.peek().at() - now;
        return nanos <= TOLERANCE ? -1 : Math.max(1, (nanos + TOLERANCE) / 1_000_000);
    }
}
