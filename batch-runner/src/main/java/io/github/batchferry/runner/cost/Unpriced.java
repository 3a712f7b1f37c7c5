package io.github.batchferry.runner.cost;

import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Remembers which requests succeeded in earlier runs at a cost that nobody knows, so that a budget can estimate it. */
public final class Unpriced implements Consumer<ResponseLine> {
    private final Set<CustomId> requests = new HashSet<>();

    @Override
    public void accept(ResponseLine response) {
        if (response.status() == ResponseStatus.SUCCEEDED && response.costUsd().isEmpty()) {
            requests.add(response.customId());
        }
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return requests.isEmpty();
    }

    /** Whether a request is one of them. */
    public boolean contains(CustomId request) {
        return requests.contains(request);
    }
}
