package io.github.batchferry.provider.batch;

import io.github.batchferry.wire.CustomId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** Joins responses to requests by custom id and keeps what does not fit: missing, duplicate and unknown ids. */
final class Reconciliation {
    private static final int NAMED = 100;

    private final List<CustomId> requests;
    private final Map<CustomId, Integer> positions = new HashMap<>();

    // Mutable state
    private final BitSet answered = new BitSet();
    private final Set<CustomId> duplicates = new LinkedHashSet<>();
    private final Set<CustomId> unknown = new LinkedHashSet<>();

    /** @param requests custom ids in request order, unique */
    Reconciliation(List<CustomId> requests) {
        this.requests = List.copyOf(requests);
        for (int position = 0; position < requests.size(); position++) {
            positions.put(requests.get(position), position);
        }
    }

    /** Takes in a response; gives the position of its request, or nothing if the response is a second one or unasked. */
    OptionalInt accept(CustomId response) {
        Integer position = positions.get(response);
        if (position == null) {
            name(unknown, response);
            return OptionalInt.empty();
        }
        if (answered.get(position)) {
            name(duplicates, response);
            return OptionalInt.empty();
        }
        answered.set(position);
        return OptionalInt.of(position);
    }

    /** Whether it is the id of a request that has no response yet. */
    boolean isMissing(CustomId request) {
        Integer position = positions.get(request);
        return position != null && !answered.get(position);
    }

    /** Positions of the answered requests, in request order. */
    IntStream answered() {
        return answered.stream();
    }

    /** Number of answered requests. */
    long answeredCount() {
        return answered.cardinality();
    }

    /** Number of requests without a response. */
    long missingCount() {
        return requests.size() - answeredCount();
    }

    /** The first hundred requests without a response, in request order. */
    List<CustomId> missing() {
        return IntStream.range(0, requests.size())
                .filter(position -> !answered.get(position))
                .limit(NAMED)
                .mapToObj(requests::get)
                .toList();
    }

    /** The first hundred ids that were answered more than once. */
    List<CustomId> duplicates() {
        return List.copyOf(duplicates);
    }

    /** The first hundred ids that were answered but not asked. */
    List<CustomId> unknown() {
        return List.copyOf(unknown);
    }

    private static void name(Set<CustomId> ids, CustomId id) {
        if (ids.size() < NAMED) {
            ids.add(id);
        }
    }
}
