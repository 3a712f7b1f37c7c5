package io.github.batchferry.runner.engine;

import io.github.batchferry.runner.loop.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The calls of a lane that have not ended, oldest first. All have the same time limit, so one timer, for the oldest, serves
 * them all.
 */
final class UnderWay {
    private final Duration limit;
    private final EventLoop loop;
    private final Set<Call> calls = new LinkedHashSet<>();

    // Mutable state
    private Optional<EventLoop.Timer> timer = Optional.empty();

    /** @param limit time after which a call is given up */
    UnderWay(Duration limit, EventLoop loop) {
        this.limit = limit;
        this.loop = loop;
    }

    void add(Call call) {
        calls.add(call);
        if (timer.isEmpty()) {
            startTimer(limit);
        }
    }

    /** Whether the call was still under way: only who removes it may settle it. */
    boolean remove(Call call) {
        boolean removed = calls.remove(call);
        if (calls.isEmpty()) {
            stopTimer();
        }
        return removed;
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    void abandonAll() {
        List<Call> open = new ArrayList<>(calls);
        calls.clear();
        stopTimer();
        for (Call call : open) {
            call.answer().cancel(true);
        }
    }

    private void startTimer(Duration time) {
        timer = Optional.of(loop.after(time, this::giveUpLateOnes));
    }

    private void stopTimer() {
        timer.ifPresent(EventLoop.Timer::cancel);
        timer = Optional.empty();
    }

    /** Runs for a call that may have ended long since; then it only waits for the call that is now the oldest. */
    private void giveUpLateOnes() {
        timer = Optional.empty();
        Instant now = loop.now();
        for (Call call : calls) {
            Duration left = Duration.between(now, call.startedAt().plus(limit));
            if (left.compareTo(Duration.ZERO) > 0) {
                startTimer(left);
                return;
            }
            call.giveUp();
        }
    }
}
