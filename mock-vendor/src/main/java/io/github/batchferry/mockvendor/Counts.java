package io.github.batchferry.mockvendor;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Counts what happens. Belongs to the server's one thread. */
final class Counts {
    private final Prices prices;

    // Mutable state
    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private KeyCounts keys = new KeyCounts();
    private long requests;
    private long limited;
    private long overCap;
    private long good;
    private long duplicates;
    private long afterSuccess;
    private int inFlight;
    private int maxInFlight;
    private long connections;
    private Instant firstRequest = Instant.EPOCH;
    private long firstRequestAt;
    private long lastGoodAt;
    private long prompt;
    private long cached;
    private long completion;
    private long reasoning;
    private long cost;

    Counts(Prices prices) {
        this.prices = prices;
    }

    void connected() {
        connections++;
    }

    /** A request is in work from now on; returns how often it was sent before. */
    int arrived(long key, long now) {
        if (requests++ == 0) {
            firstRequest = Instant.now();
            firstRequestAt = now;
        }
        maxInFlight = Math.max(maxInFlight, ++inFlight);
        int before = keys.send(key);
        if (before > 0 && keys.answered(key) > 0) {
            afterSuccess++;
        }
        return before;
    }

    void limited() {
        limited++;
    }

    void overCap() {
        overCap++;
    }

    void faulty(Fault fault) {
        faults.merge(fault, 1L, Long::sum);
    }

    /** The last byte of a good answer was handed to the connection. */
    void paid(long key, Usage usage, long now) {
        good++;
        lastGoodAt = now;
        if (keys.answer(key) > 0) {
            duplicates++;
        }
        prompt += usage.prompt();
        cached += usage.cached();
        completion += usage.completion();
        reasoning += usage.reasoning();
        cost += usage.cost(prices);
    }

    /** A request is no longer in work, whatever became of it. */
    void left() {
        inFlight--;
    }

    int inFlight() {
        return inFlight;
    }

    MockStats snapshot() {
        return new MockStats(
                requests,
                keys.size(),
                good,
                duplicates,
                afterSuccess,
                limited,
                overCap,
                faults,
                inFlight,
                maxInFlight,
                connections,
                firstRequest,
                requests == 0 ? 0 : Math.max(0, lastGoodAt - firstRequestAt),
                prompt,
                cached,
                completion,
                reasoning,
                cost);
    }

    /** Begins anew, but for what is in work. */
    void reset() {
        faults.clear();
        keys = new KeyCounts();
        requests = limited = overCap = good = duplicates = afterSuccess = connections = 0;
        maxInFlight = inFlight;
        firstRequest = Instant.EPOCH;
        firstRequestAt = lastGoodAt = 0;
        prompt = cached = completion = reasoning = cost = 0;
    }
}
