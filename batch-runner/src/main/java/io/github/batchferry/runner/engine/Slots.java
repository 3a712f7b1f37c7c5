package io.github.batchferry.runner.engine;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The calls that a vendor may have under way at once, shared by its lanes. A lane that finds none free is woken in its turn,
 * so that a lane with many requests does not starve one with few.
 */
final class Slots {
    private final int size;
    private final Deque<Lane> waiting = new ArrayDeque<>();

    // Mutable state
    private int taken;

    Slots(int size) {
        this.size = size;
    }

    int size() {
        return size;
    }

    boolean hasFree() {
        return taken < size;
    }

    void take() {
        taken++;
    }

    /** Gives one back; whoever waits is served by {@link #wakeNext()}. */
    void giveBack() {
        taken--;
    }

    /** Wakes the lane when a slot is free. */
    void await(Lane lane) {
        if (!waiting.contains(lane)) {
            waiting.addLast(lane);
        }
    }

    /** Wakes the lanes that wait, first come, first served, as long as a slot is free. */
    void wakeNext() {
        for (int left = waiting.size(); left > 0 && hasFree(); left--) {
            waiting.removeFirst().pump();
        }
    }
}
