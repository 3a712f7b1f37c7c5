package io.github.batchferry.runner.gate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the gates of a batch changed: the first changes go to the log line by line, the latest are kept for whoever
 * summarises, and all are counted. Bounded, however restless a vendor is.
 */
public final class GateHistory implements Consumer<GateChange> {
    static final int LINES = 40;
    static final int KEPT = 100;

    private final Consumer<String> log;
    private final Deque<GateChange> latest = new ArrayDeque<>();

    // Mutable state
    private long count;

    /** @param log takes lines for people */
    public GateHistory(Consumer<String> log) {
        this.log = log;
    }

    @Override
    public synchronized void accept(GateChange change) {
        count++;
        if (count <= LINES) {
            log.accept("limits: " + change);
        }
        if (count == LINES) {
            log.accept("limits: further changes are not logged");
        }
        if (latest.size() == KEPT) {
            latest.removeFirst();
        }
        latest.addLast(change);
    }

    /** The latest changes, oldest first. */
    public synchronized List<GateChange> latest() {
        return List.copyOf(latest);
    }

    /** All changes there were. */
    public synchronized long count() {
        return count;
    }
}
