package io.github.batchferry.runner.gate;

import java.time.Instant;
import java.util.function.Consumer;

/** Reports what one gate changes. */
final class ChangeLog {
    private final String gate;
    private final Instant origin;
    private final Consumer<GateChange> listener;

    ChangeLog(String gate, Instant origin, Consumer<GateChange> listener) {
        this.gate = gate;
        this.origin = origin;
        this.listener = listener;
    }

    void changed(double now, GateChange.What what, double before, double after, String reason) {
        if (before != after) {
            Instant time = origin.plusNanos((long) (now * 1e9));
            listener.accept(new GateChange(time, gate, what, before, after, reason));
        }
    }
}
