package io.github.batchferry.runner.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The calls of a lane that have not ended. */
final class UnderWay {
    private final Set<Call> calls = Collections.newSetFromMap(new IdentityHashMap<>());

    void add(Call call) {
        calls.add(call);
    }

    /** Whether the call was still under way: only who removes it may settle it. */
    boolean remove(Call call) {
        call.forgetLimit();
        return calls.remove(call);
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    void abandonAll() {
        List<Call> open = new ArrayList<>(calls);
        calls.clear();
        for (Call call : open) {
            call.forgetLimit();
            call.answer().cancel(true);
        }
    }
}
